// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { createApi } from '../src/client/api.ts'
import { Position } from '../src/client/position.ts'
import { Problem } from '../src/client/problem.ts'
import { createSend, type Credentials } from '../src/client/send.ts'
import { hangUp, json, serve, type Handler } from './server.ts'

const nobody: Credentials = { token: async () => undefined, renew: async () => undefined }
const waits = () => {
  const times: number[] = []
  return { times, wait: async (milliseconds: number) => void times.push(milliseconds) }
}
const client = (over: Partial<Parameters<typeof createSend>[0]> = {}) => {
  const position = new Position(undefined)
  return { position, send: createSend({ credentials: nobody, position, wait: async () => {}, ...over }) }
}
const command = (url: string, headers: Record<string, string> = {}) => new Request(url, { method: 'POST', body: '{"a":1}', headers: { 'Content-Type': 'application/json', ...headers } })
const problemOf = (promise: Promise<unknown>) => promise.then(() => expect.unreachable('it succeeded'), (error: unknown) => error as Problem)

describe('what a request carries', () => {
  test('the bearer token, the newest position, and no key on a query', async () => {
    const { url, requests } = await serve(json({}, { 'Tiffin-Position': 'p1' }), json({}))
    const { send } = client({ credentials: { ...nobody, token: async () => 'secret' } })
    await send(new Request(url))
    await send(new Request(url))
    expect(requests.map((request) => [request.headers.authorization, request.headers['tiffin-position'], request.headers['idempotency-key']])).toEqual([
      ['Bearer secret', undefined, undefined],
      ['Bearer secret', 'p1', undefined],
    ])
  })

  test('how long it is waited for, in milliseconds', async () => {
    const { url, requests } = await serve(json({}))
    await client({ timeout: 2500 }).send(new Request(url))
    expect(requests[0]?.headers['grpc-timeout']).toBe('2500m')
  })

  test('a key on a command, which the caller may choose', async () => {
    const { url, requests } = await serve(json({}))
    const { send } = client()
    await send(command(url))
    await send(command(url, { 'Idempotency-Key': 'mine' }))
    expect(requests[0]?.headers['idempotency-key']).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    expect(requests[1]?.headers['idempotency-key']).toBe('mine')
  })
})

describe('a bad line', () => {
  test('repeats a command under the same key, body and all', async () => {
    const { url, requests } = await serve(hangUp, hangUp, json({ ok: true }))
    const { times, wait } = waits()
    const response = await client({ wait }).send(command(url))
    expect(await response.json()).toEqual({ ok: true })
    expect(new Set(requests.map((request) => request.headers['idempotency-key'])).size).toBe(1)
    expect(requests.map((request) => request.body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}'])
    expect(times).toHaveLength(2)
  })

  test('gives up after its attempts, with words for a person', async () => {
    const { url, requests } = await serve(hangUp)
    const problem = await problemOf(client({ attempts: 3 }).send(new Request(url)))
    expect(problem).toMatchObject({ name: 'Problem', code: 'NETWORK', status: 0 })
    expect(requests).toHaveLength(3)
  })

  test('a server that does not answer is a timeout', async () => {
    const { url } = await serve(() => {})
    expect(await problemOf(client({ attempts: 1, timeout: 20 }).send(new Request(url)))).toMatchObject({ code: 'TIMEOUT' })
  })

  test('the caller’s abort ends it at once, also between attempts', async () => {
    const { url, requests } = await serve(hangUp)
    const stop = new AbortController()
    const { send } = client({ wait: async (_, signal) => { stop.abort('enough'); signal?.throwIfAborted() } })
    await expect(send(new Request(url, { signal: stop.signal }))).rejects.toBe('enough')
    expect(requests).toHaveLength(1)
  })
})

test('a token that can’t be had for a moment is asked for again; one that is refused is not', async () => {
  const { url, requests } = await serve(json({}))
  const failing = (problem: Problem) => {
    let asks = 0
    return { ...nobody, token: async () => (asks++ ? 'token' : Promise.reject(problem)) }
  }
  await client({ credentials: failing(new Problem({ status: 503 })) }).send(new Request(url))
  expect(requests[0]?.headers.authorization).toBe('Bearer token')
  expect(await problemOf(client({ credentials: failing(new Problem({ status: 403 })) }).send(new Request(url)))).toMatchObject({ status: 403 })
})

describe('answers that are no success', () => {
  test('503 is repeated, no sooner than Retry-After says', async () => {
    const { url } = await serve(json({ code: 'UNAVAILABLE' }, { 'Retry-After': '2' }, 503), json({}))
    const { times, wait } = waits()
    await client({ wait }).send(new Request(url))
    expect(times[0]).toBeGreaterThanOrEqual(2000)
  })

  test('a refusal is not repeated, and is a problem with all that it says', async () => {
    const violations = [{ field: 'expected_total', description: 'The total is now 12.' }]
    const { url, requests } = await serve(json({ status: 409, code: 'TOTAL_CHANGED', detail: 'Prices changed.', violations, trace_id: 'abc' }, {}, 409))
    const problem = await problemOf(client().send(command(url)))
    expect(problem).toMatchObject({ code: 'TOTAL_CHANGED', status: 409, message: 'Prices changed.', traceId: 'abc' })
    expect(problem.violation('expected_total')).toBe('The total is now 12.')
    expect(requests).toHaveLength(1)
  })

  test('HTML from something in between is a problem too', async () => {
    const { url } = await serve((_, response) => void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>no</h1>'))
    expect(await problemOf(client().send(new Request(url)))).toMatchObject({ code: 'HTTP_404', status: 404 })
  })

  test('401 gets a new token, once', async () => {
    const { url, requests } = await serve(json({}, {}, 401), json({ fine: true }))
    const renewed: string[] = []
    const { send } = client({ credentials: { token: async () => 'old', renew: async (refused) => (renewed.push(refused), 'new') } })
    await send(new Request(url))
    expect(renewed).toEqual(['old'])
    expect(requests.map((request) => request.headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
  })

  test('401 again is a problem', async () => {
    const { url, requests } = await serve(json({ status: 401, code: 'UNAUTHENTICATED' }, {}, 401))
    const { send } = client({ credentials: { token: async () => 'old', renew: async () => 'new' } })
    expect(await problemOf(send(new Request(url)))).toMatchObject({ status: 401 })
    expect(requests).toHaveLength(2)
  })
})

describe('the position', () => {
  test('of one command is presented by the next, even if both are sent at once', async () => {
    const { url, requests } = await serve(json({}, { 'Tiffin-Position': 'one' }), json({}, { 'Tiffin-Position': 'two' }))
    const { send, position } = client()
    await Promise.all([send(command(url)), send(command(url))])
    expect(requests[1]?.headers['tiffin-position']).toBe('one')
    expect(position.ask().header).toBe('two')
  })

  test('of answers that crossed each other are presented together, and merged by the next answer', async () => {
    const held: (() => void)[] = []
    const hold = (token: string): Handler => (request, response) => void held.push(() => json({}, { 'Tiffin-Position': token })(request, response))
    const { url, requests } = await serve(hold('query'), hold('command'), json({}, { 'Tiffin-Position': 'both' }), json({}))
    const { send } = client()
    const query = send(new Request(url))
    await expect.poll(() => requests.length).toBe(1)
    const order = send(command(url))
    await expect.poll(() => held.length).toBe(2)
    held[1]?.()
    await order
    held[0]?.()
    await query
    await send(new Request(url))
    await send(new Request(url))
    expect(requests.map((request) => request.headers['tiffin-position'])).toEqual([undefined, undefined, 'command, query', 'both'])
  })
})

test('a refused command does not hold up the next', async () => {
  const { url } = await serve(json({}, {}, 409), json({ ok: true }))
  const { send } = client()
  const [first, second] = await Promise.allSettled([send(command(url)), send(command(url))])
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled'])
})

test('a typed client fills paths, reads documents and says what is stale', async () => {
  const { url, requests } = await serve(json({ order_id: '1' }, { 'Tiffin-Stale': 'true' }))
  const { send } = client()
  const api = createApi<any>((request) => send(new Request(url + new URL(request.url, url).pathname, request)), url)
  const answer = await api.get('/orders/{order_id}' as never, { params: { path: { order_id: 'a/b' } } } as never)
  expect(answer).toMatchObject({ data: { order_id: '1' }, stale: true })
  expect(requests[0]?.url).toBe('/orders/a%2Fb')
})
