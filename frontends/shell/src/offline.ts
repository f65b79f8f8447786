/** Registers the service worker and tells it what this page has loaded before there was one to see it. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator)) return
  const begin = () => void register().catch((error: unknown) => console.warn('no offline copy:', error))
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin, { once: true }) // what the page itself needs comes first
}

async function register(): Promise<void> {
  await navigator.serviceWorker.register('/sw.js')
  const { active } = await navigator.serviceWorker.ready
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => new URL(name).origin === location.origin)
  active?.postMessage({ keep: loaded, page: location.href })
}
