/** What the service worker does with a request; apart from it, so that it can be tested without one. */
export type Strategy = 'page' | 'immutable' | 'revalidate' | 'network'

const hashed = /-[\w-]{8}(\.\w+|\/[^/]+)$/
const own = /^\/(api|auth|healthz|readyz|metrics)(\/|$)/

export function strategyFor(request: { method: string; mode: string; url: string }, origin: string): Strategy {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin || own.test(url.pathname) || url.pathname === '/sw.js') return 'network'
  if (request.mode === 'navigate') return 'page'
  if (!url.pathname.startsWith('/mfe/')) return /\.(svg|webmanifest)$/.test(url.pathname) ? 'revalidate' : 'network'
  if (url.pathname.endsWith('/mfe.json')) return 'network'
  return hashed.test(url.pathname) ? 'immutable' : 'revalidate'
}

/**
 * Drops the scripts and styles that none of the pages names. Fonts and pictures stay: pages don't name them. Give it the
 * page before too: tabs that show it may still load a part that they had no need of until now.
 */
export async function prune(cache: Pick<Cache, 'keys' | 'delete'>, pages: readonly string[]): Promise<void> {
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (/\.(js|css)$/.test(pathname) && !pages.some((html) => html.includes(pathname))) await cache.delete(request)
  }
}

/** The scripts and styles that a page can't do without: what it links, and what its import map leads to. */
export function filesOf(html: string): string[] {
  const linked = [...html.matchAll(/(?:href|src)="(\/mfe\/[^"]+\.(?:js|css))"/g)].map(([, url]) => url as string)
  const map = /<script type="importmap"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '{}'
  const { imports = {} } = JSON.parse(map) as { imports?: Record<string, string> }
  return [...new Set([...linked, ...Object.values(imports)])]
}
