import { backoff, wait } from './backoff.ts'
import { readMessage, type WatchMessage } from './message.ts'
import type { Position } from './position.ts'
import { asProblem, networkProblem, Problem, problemOf, timeoutProblem } from './problem.ts'
import type { Credentials } from './send.ts'
import { StreamParser } from './sse.ts'

export interface WatchOptions<T> {
  /** The whole document, now and after changes; several changes may arrive as one. */
  onDocument(document: T): void
  /** Whether what was shown last may be behind: the server says so, or the line is down. */
  onStale?(stale: boolean): void
  /** The stream is over for good, such as 403 or 404. Passing trouble never comes here. */
  onProblem?(problem: Problem): void
  /** Goes on while the page is hidden, for pages that call people back. */
  background?: boolean
  signal?: AbortSignal
}

export interface WatchSettings {
  credentials: Credentials
  position: Position
  fetch?: typeof fetch
  wait?: typeof wait
  /** No byte for this long means that the line is dead; the server's heartbeats come more often. */
  silence?: number
  visibility?: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>
}

/**
 * Returns a watch function that holds one stream per tab (a new one ends the one before), reconnects for ever with
 * backoff from where it was, lets go while the page is hidden (but in the background), and ends with the returned function
 * or the signal.
 */
export function createWatch(settings: WatchSettings) {
  let current: AbortController | undefined
  return <T>(url: string, options: WatchOptions<T>): (() => void) => {
    current?.abort()
    const stop = (current = new AbortController())
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal
    follow(url, options, settings, signal).catch((error: unknown) => {
      if (!signal.aborted) options.onProblem?.(asProblem(error))
    })
    return () => stop.abort()
  }
}

const alwaysSeen: NonNullable<WatchSettings['visibility']> = { hidden: false, addEventListener: () => {}, removeEventListener: () => {} }

async function follow<T>(url: string, options: WatchOptions<T>, settings: WatchSettings, signal: AbortSignal): Promise<void> {
  const pause = settings.wait ?? wait
  const page = options.background ? alwaysSeen : (settings.visibility ?? document)
  let lastId = ''
  let failures = 0
  let behind = false
  let renewed = false
  while (!signal.aborted) {
    await visible(page, signal)
    const visit = new AbortController()
    const hide = () => page.hidden && visit.abort('hidden')
    page.addEventListener('visibilitychange', hide)
    let token: string | undefined
    try {
      token = await settings.credentials.token()
      await connect(url, token, lastId, settings, AbortSignal.any([signal, visit.signal]), (message: WatchMessage<T>) => {
        if (message.kind === 'problem') throw message.problem
        failures = 0
        renewed = false
        lastId = message.position || lastId
        // A heartbeat says that the line lives again, not that the document it carried last has caught up.
        if (message.kind === 'document') behind = message.stale
        options.onStale?.(behind)
        if (message.kind === 'document') options.onDocument(message.document)
      })
    } catch (error) {
      if (signal.aborted) return
      if (visit.signal.aborted) continue
      const problem = asProblem(error)
      if (problem.status === 401 && token && !renewed) {
        renewed = true
        if (await settings.credentials.renew(token)) continue
      }
      if (problem.code === 'CLIENT' || (problem.status >= 400 && problem.status < 500 && problem.status !== 429)) throw error
      options.onStale?.(true)
    } finally {
      page.removeEventListener('visibilitychange', hide)
    }
    await pause(backoff(failures++), signal)
  }
}

// Resolves when the stream ends in order, rejects when it breaks, reports a problem or falls silent.
async function connect<T>(
  url: string,
  token: string | undefined,
  lastId: string,
  { fetch: doFetch = globalThis.fetch.bind(globalThis), position, silence = 45_000 }: WatchSettings,
  signal: AbortSignal,
  onMessage: (message: WatchMessage<T>) => void,
): Promise<void> {
  const headers = new Headers({ Accept: 'text/event-stream' })
  if (token) headers.set('Authorization', `Bearer ${token}`)
  if (lastId) headers.set('Last-Event-ID', lastId)
  const asked = position.ask()
  if (asked.header) headers.set('Tiffin-Position', asked.header)
  const dead = new AbortController()
  let timer = setTimeout(() => dead.abort(), silence)
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => dead.abort(), silence)
  }
  try {
    const response = await doFetch(url, { headers, signal: AbortSignal.any([signal, dead.signal]), cache: 'no-store' })
    if (!response.ok) throw await problemOf(response)
    if (!response.body) throw networkProblem('no body')
    const parser = new StreamParser((event) => {
      const message = readMessage<T>(event)
      // What was shown live is seen: no later query may show less.
      if (message.kind === 'document') asked.answered(message.position, 'query')
      onMessage(message)
    })
    const reader = response.body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      alive()
      parser.push(value)
    }
  } catch (error) {
    if (error instanceof Problem || signal.aborted) throw error
    throw dead.signal.aborted ? timeoutProblem(error) : error instanceof TypeError || error instanceof DOMException ? networkProblem(error) : error
  } finally {
    clearTimeout(timer)
    dead.abort()
  }
}

function visible(page: NonNullable<WatchSettings['visibility']>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (page.hidden && !signal.aborted) return
      page.removeEventListener('visibilitychange', check)
      signal.removeEventListener('abort', check)
      resolve()
    }
    page.addEventListener('visibilitychange', check)
    signal.addEventListener('abort', check)
    check()
  })
}
