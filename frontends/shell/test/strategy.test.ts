import { expect, test } from 'vitest'
import { prune, strategyFor } from '../src/worker/strategy.ts'

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

test('a new page drops the scripts that it no longer names, and nothing else', async () => {
  const kept = new Set(['/mfe/a/x-11111111.js', '/mfe/a/y-22222222.js', '/mfe/a/z-33333333.css', '/mfe/kit/f-44444444.woff2'].map((path) => origin + path))
  const cache = { keys: async () => [...kept].map((url) => ({ url }) as Request), delete: async (request: RequestInfo | URL) => kept.delete((request as Request).url) }
  await prune(cache, '<script src="/mfe/a/y-22222222.js">')
  expect([...kept]).toEqual([`${origin}/mfe/a/y-22222222.js`, `${origin}/mfe/kit/f-44444444.woff2`])
})
