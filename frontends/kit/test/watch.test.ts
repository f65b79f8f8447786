// @vitest-environment node
import { describe, expect, onTestFinished, test } from 'vitest'
import { Position } from '../src/client/position.ts'
import { Problem } from '../src/client/problem.ts'
import { createWatch, type WatchSettings } from '../src/client/watch.ts'
import { hangUp, json, serve, stream } from './server.ts'

const event = (id: string, order: unknown) => `id: ${id}\nevent: document\ndata: ${JSON.stringify(order)}\n\n`

class Page extends EventTarget {
  hidden = false
  show(visible: boolean) {
    this.hidden = !visible
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

function watcher(over: Partial<WatchSettings> = {}) {
  const page = new Page()
  const seen = { documents: [] as unknown[], stale: [] as boolean[], problems: [] as Problem[] }
  const watch = createWatch({ credentials: { token: async () => 'token', renew: async () => undefined }, position: new Position(undefined), visibility: page as never, wait: async (_, signal) => signal?.throwIfAborted(), ...over })
  const start = (url: string, signal?: AbortSignal, background = false) => {
    const stop = watch(url, { background, onDocument: (document) => seen.documents.push(document), onStale: (stale) => seen.stale.push(stale), onProblem: (problem) => seen.problems.push(problem), ...(signal ? { signal } : {}) })
    onTestFinished(stop)
    return stop
  }
  return { page, seen, start }
}

describe('a watched document', () => {
  test('arrives whole, however the line cuts it', async () => {
    const text = event('1', { status: 'PLACED' })
    const { url, requests } = await serve(stream([text.slice(0, 9), text.slice(9, 30), text.slice(30), 'event: heartbeat\ndata: {}\n\n', event('2', { status: 'CONFIRMED' })]))
    const { seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.documents).toEqual([{ status: 'PLACED' }, { status: 'CONFIRMED' }])
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer token', accept: 'text/event-stream' })
  })

  test('goes on from where it was when the stream breaks or ends', async () => {
    const { url, requests } = await serve(stream([event('1', 'a')], { end: true }), hangUp, stream([event('2', 'b')]))
    const { seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.documents).toEqual(['a', 'b'])
    expect(requests.map((request) => request.headers['last-event-id'])).toEqual([undefined, '1', '1'])
    expect(seen.stale).toEqual([false, true, false])
    expect(seen.problems).toEqual([])
  })

  test('is seen by whatever is asked for after it', async () => {
    const { url, requests } = await serve(stream([event('1', 'a'), event('2', 'b')], { end: true }), stream([event('3', 'c')]))
    const position = new Position(undefined)
    position.ask().answered('p', 'command')
    const { seen, start } = watcher({ position })
    start(url)
    await expect.poll(() => seen.documents).toEqual(['a', 'b', 'c'])
    expect(requests.map((request) => request.headers['tiffin-position'])).toEqual(['p', '2'])
    expect(position.ask().header).toBe('3')
  })

  test('is asked for again when the line falls silent', async () => {
    const { url } = await serve(stream([event('1', 'a')]), stream([event('2', 'b')]))
    const { seen, start } = watcher({ silence: 60 })
    start(url)
    await expect.poll(() => seen.documents).toContain('b')
  })

  test('is stale when the server says so', async () => {
    const { url } = await serve(stream(['event: stale\ndata: "a"\n\n', 'event: heartbeat\ndata: {}\n\n', event('2', 'b')]))
    const { seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.stale).toEqual([true, true, false])
    expect(seen.documents).toEqual(['a', 'b'])
  })
})

describe('trouble', () => {
  test('that passes is not reported: an error within the stream, then 503', async () => {
    const { url } = await serve(stream([event('1', 'a'), 'event: error\ndata: {"status":503,"code":"UNAVAILABLE"}\n\n']), json({}, {}, 503), stream([event('2', 'b')]))
    const { seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.documents).toEqual(['a', 'b'])
    expect(seen.problems).toEqual([])
  })

  test.each([403, 404])('that stays ends it: %i', async (status) => {
    const { url, requests } = await serve(json({ status, code: 'NO' }, {}, status))
    const { seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.problems.map((problem) => problem.status)).toEqual([status])
    expect(requests).toHaveLength(1)
  })

  test('with the token gets a new one, once', async () => {
    let token = 'old'
    const { url, requests } = await serve(json({}, {}, 401), stream([event('1', 'a')]))
    const { seen, start } = watcher({ credentials: { token: async () => token, renew: async () => (token = 'new') } })
    start(url)
    await expect.poll(() => seen.documents).toEqual(['a'])
    expect(requests.map((request) => request.headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
  })
})

test('a token that can’t be had for a moment is asked for again', async () => {
  const { url } = await serve(stream([event('1', 'a')]))
  let asks = 0
  const { seen, start } = watcher({ credentials: { token: async () => (asks++ ? 'token' : Promise.reject(new Problem({ code: 'NETWORK' }))), renew: async () => undefined } })
  start(url)
  await expect.poll(() => seen.documents).toEqual(['a'])
})

describe('the end', () => {
  test('a hidden page lets go, and resumes when it is shown', async () => {
    const { url, requests } = await serve(stream([event('1', 'a')]), stream([event('2', 'b')]))
    const { page, seen, start } = watcher()
    start(url)
    await expect.poll(() => seen.documents).toEqual(['a'])
    page.show(false)
    await expect.poll(() => requests[0]?.socket.destroyed).toBe(true)
    expect(requests).toHaveLength(1)
    page.show(true)
    await expect.poll(() => seen.documents).toEqual(['a', 'b'])
    expect(requests[1]?.headers['last-event-id']).toBe('1')
  })

  test('one in the background goes on while the page is hidden', async () => {
    const { url, requests } = await serve(stream([event('1', 'a')], { end: true }), stream([event('2', 'b')]))
    const { page, seen, start } = watcher()
    page.hidden = true
    start(url, undefined, true)
    await expect.poll(() => seen.documents).toEqual(['a', 'b'])
    page.show(false)
    expect(requests.map((request) => request.socket.destroyed)).toContain(false)
  })

  test('a new stream of the tab ends the one before', async () => {
    const { url, requests } = await serve(stream([event('1', 'a')]))
    const { seen, start } = watcher()
    start(`${url}/one`)
    await expect.poll(() => seen.documents).toEqual(['a'])
    start(`${url}/two`)
    await expect.poll(() => requests[0]?.socket.destroyed).toBe(true)
    expect(requests.map((request) => request.url)).toEqual(['/one', '/two'])
  })

  test('the signal and the returned function end it without a word', async () => {
    const { url, requests } = await serve(stream([event('1', 'a')]))
    const { seen, start } = watcher()
    const control = new AbortController()
    start(url, control.signal)
    await expect.poll(() => seen.documents).toHaveLength(1)
    control.abort()
    await expect.poll(() => requests[0]?.socket.destroyed).toBe(true)
    start(url)()
    expect(seen.problems).toEqual([])
  })
})
