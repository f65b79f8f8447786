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

/** Drops the scripts and styles that a new page no longer names. Fonts and pictures stay: pages don't name them. */
export async function prune(cache: Pick<Cache, 'keys' | 'delete'>, html: string): Promise<void> {
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (/\.(js|css)$/.test(pathname) && !html.includes(pathname)) await cache.delete(request)
  }
}
