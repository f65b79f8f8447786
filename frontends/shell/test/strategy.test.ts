import { expect, test } from 'vitest'
import { filesOf, prune, strategyFor } from '../src/worker/strategy.ts'

const origin = 'http://localhost:8080'
const get = (path: string, mode = 'no-cors') => strategyFor({ method: 'GET', mode, url: new URL(path, origin).href }, origin)

test.each([
  ['/', 'navigate', 'page'],
  ['/orders/1', 'navigate', 'page'],
  ['/api/customer/v1/openapi.json', 'navigate', 'network'],
  ['/metrics', 'navigate', 'network'],
  ['/mfe/kit/kit-Dz80IApz.js', 'cors', 'immutable'],
  ['/mfe/kit/dishes-abcd_-12/pizza.svg', 'no-cors', 'immutable'],
  ['/mfe/kit/icons/check.svg', 'cors', 'revalidate'],
  ['/mfe/customer/mfe.json', 'cors', 'network'],
  ['/favicon.svg', 'no-cors', 'revalidate'],
  ['/sw.js', 'same-origin', 'network'],
  ['/api/customer/v1/orders', 'cors', 'network'],
  ['/auth/personas', 'cors', 'network'],
  ['https://elsewhere.example/x-12345678.js', 'cors', 'network'],
])('%s (%s): %s', (path, mode, want) => expect(get(path, mode)).toBe(want))

test('commands are never answered from the cache', () => {
  expect(strategyFor({ method: 'POST', mode: 'cors', url: `${origin}/mfe/kit/kit-Dz80IApz.js` }, origin)).toBe('network')
})

test('scripts go that neither the new page nor the one before names, and nothing else', async () => {
  const kept = new Set(['/mfe/a/x-11111111.js', '/mfe/a/y-22222222.js', '/mfe/a/z-33333333.css', '/mfe/kit/f-44444444.woff2'].map((path) => origin + path))
  const cache = { keys: async () => [...kept].map((url) => ({ url }) as Request), delete: async (request: RequestInfo | URL) => kept.delete((request as Request).url) }
  await prune(cache, ['<script src="/mfe/a/y-22222222.js">', '<link href="/mfe/a/z-33333333.css">'])
  expect([...kept]).toEqual(['/mfe/a/y-22222222.js', '/mfe/a/z-33333333.css', '/mfe/kit/f-44444444.woff2'].map((path) => origin + path))
})

test('a page needs what it links and what its import map leads to, but not every app', () => {
  const html = `<link rel="stylesheet" href="/mfe/kit/page-11111111.css"><link rel="icon" href="/favicon.svg">
    <script type="importmap" nonce="n">{"imports":{"lit":"/mfe/vendor/lit-22222222.js","@tiffin/kit":"/mfe/kit/kit-33333333.js"},"integrity":{"/mfe/other/lazy-44444444.js":"sha384-x"}}</script>
    <link rel="modulepreload" href="/mfe/kit/kit-33333333.js"><script type="application/json" id="tiffin-apps">[{"module":"/mfe/other/app-55555555.js"}]</script>`
  expect(filesOf(html)).toEqual(['/mfe/kit/page-11111111.css', '/mfe/kit/kit-33333333.js', '/mfe/vendor/lit-22222222.js'])
  expect(filesOf('<p>not one of ours</p>')).toEqual([])
})
