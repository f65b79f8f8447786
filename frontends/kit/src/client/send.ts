import { backoff, wait } from './backoff.ts'
import { newId } from './id.ts'
import type { Position } from './position.ts'
import { networkProblem, Problem, problemOf, timeoutProblem } from './problem.ts'

/** Where the bearer token comes from. */
export interface Credentials {
  /** The token now; undefined when nobody is signed in. */
  token(): Promise<string | undefined>
  /** A new token after the server refused this one; undefined when there is none to be had. */
  renew(refused: string): Promise<string | undefined>
}

export interface SendOptions {
  credentials: Credentials
  position: Position
  fetch?: typeof fetch
  /** For one attempt; the server itself waits up to 5 s for a position. */
  timeout?: number
  /** Attempts in all. */
  attempts?: number
  wait?: typeof wait
}

const passing = new Set([502, 503, 504, 429])

/**
 * Returns a fetch that carries the bearer token, the position and (on commands) an idempotency key, and repeats what can
 * be repeated: queries, and commands under the same key, on no answer and on answers that say "not now". It rejects with
 * a Problem for everything but a success, and with the caller's own abort reason. Commands of a tab leave one after the
 * other, so that each presents the position of the one before.
 */
export function createSend(options: SendOptions): (request: Request) => Promise<Response> {
  const { credentials, position, timeout = 15_000, attempts = 4 } = options
  const pause = options.wait ?? wait
  const doFetch: typeof fetch = options.fetch ?? ((...args) => globalThis.fetch(...args))
  let lastCommand: Promise<unknown> = Promise.resolve()

  async function attempt(request: Request, command: boolean, token: string | undefined): Promise<Response> {
    const headers = new Headers(request.headers)
    if (token) headers.set('Authorization', `Bearer ${token}`)
    const asked = position.ask()
    if (asked.header) headers.set('Tiffin-Position', asked.header)
    headers.set('Grpc-Timeout', `${timeout}m`) // nobody works on what nobody waits for any more
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(timeoutProblem()), timeout)
    try {
      const response = await doFetch(new Request(request.clone(), { headers, signal: AbortSignal.any([request.signal, limit.signal]) }))
      asked.answered(response.headers.get('Tiffin-Position'), command ? 'command' : 'query')
      return response
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason
      throw limit.signal.aborted ? timeoutProblem(error) : networkProblem(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async function repeat(request: Request, command: boolean): Promise<Response> {
    let token: string | undefined
    let renewed = false
    for (let count = 0; ; count++) {
      const last = count + 1 >= attempts
      let response: Response | undefined
      try {
        token ??= await credentials.token()
        response = await attempt(request, command, token)
        if (response.status === 401 && token && !renewed) {
          renewed = true
          token = await credentials.renew(token)
          if (token) response = await attempt(request, command, token)
        }
      } catch (error) {
        if (last || request.signal.aborted || !comesAndGoes(error)) throw error
      }
      if (response?.ok) return response
      if (response && (last || !passing.has(response.status))) throw await problemOf(response)
      await pause(Math.max(backoff(count), retryAfter(response)), request.signal)
    }
  }

  return (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return repeat(request, false)
    if (!request.headers.has('Idempotency-Key')) {
      const headers = new Headers(request.headers)
      headers.set('Idempotency-Key', newId())
      request = new Request(request, { headers })
    }
    const sent = lastCommand.then(() => repeat(request, true))
    lastCommand = sent.catch(() => undefined)
    return sent
  }
}

// No answer, or one that says "not now", from the server or from where the token comes from.
const comesAndGoes = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || passing.has(error.status))

// Only the form in seconds; a date, or an absurd time, counts as none.
function retryAfter(response: Response | undefined): number {
  const seconds = Number(response?.headers.get('Retry-After') ?? 0)
  return seconds > 0 && seconds <= 30 ? seconds * 1000 : 0
}
