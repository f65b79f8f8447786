/// <reference lib="webworker" />
import { filesOf, prune, strategyFor } from './strategy.ts'

// The page must open on a bad line. Only the frame is kept here: answers of the API are never cached, because a person who
// is offline must not mistake an old order for a new one; the pages say themselves what they still show.
declare const self: ServiceWorkerGlobalScope

const pages = 'tiffin-pages-1'
const files = 'tiffin-files-1'
const anyPage = '/' // one page serves every address: what differs is what the scripts make of the address
const patience = 4000 // for a page, before the kept one is shown

self.addEventListener('install', () => void self.skipWaiting())

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== pages && name !== files) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('message', (event) => {
  const { keep, page } = (event.data ?? {}) as { keep?: string[]; page?: string }
  if (Array.isArray(keep)) event.waitUntil(keepFiles(keep))
  if (page) event.waitUntil(fetch(page).then(keepPage).catch(() => undefined))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  switch (strategyFor({ method: request.method, mode: request.mode, url: request.url }, self.location.origin)) {
    case 'page':
      return event.respondWith(page(request, event))
    case 'immutable':
      return event.respondWith(kept(request))
    case 'revalidate':
      return event.respondWith(keptThenFresh(request, event))
    case 'network':
  }
})

async function page(request: Request, event: FetchEvent): Promise<Response> {
  const cache = await caches.open(pages)
  const fresh = fetch(request)
  event.waitUntil(fresh.then((response) => keepPage(response.clone())).catch(() => undefined))
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience))
  const answer = await Promise.race([fresh.catch(() => undefined), late])
  return answer ?? (await cache.match(anyPage)) ?? fresh
}

// A page is kept once all of its files are: after a deploy the old page works offline until the new one does.
async function keepPage(response: Response): Promise<void> {
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/html')) return
  const cache = await caches.open(pages)
  const [html, before] = [await response.clone().text(), (await (await cache.match(anyPage))?.text()) ?? '']
  if (!(await keepFiles(filesOf(html)))) return
  await cache.put(anyPage, response)
  await prune(await caches.open(files), [html, before])
}

// A hashed file never changes: what is kept is right for ever.
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(files)
  const found = await cache.match(request)
  if (found) return found
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

async function keptThenFresh(request: Request, event: FetchEvent): Promise<Response> {
  const cache = await caches.open(files)
  const fresh = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request, response.clone())
    return response
  })
  const found = await cache.match(request)
  if (!found) return fresh
  event.waitUntil(fresh.catch(() => undefined))
  return found
}

/** Keeps what may be kept; false if something could not be fetched. */
async function keepFiles(urls: string[]): Promise<boolean> {
  const cache = await caches.open(files)
  let all = true
  for (const name of urls) {
    const url = new URL(name, self.location.origin).href
    const strategy = strategyFor({ method: 'GET', mode: 'no-cors', url }, self.location.origin)
    if ((strategy === 'immutable' || strategy === 'revalidate') && !(await cache.match(url))) await cache.add(url).catch(() => (all = false))
  }
  return all
}
