import { asProblem, type Problem } from '../client/index.ts'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

type Fetch<T> = (signal: AbortSignal) => Promise<{ data: T; stale: boolean }>

/** What a page shows of one query: its answer, whether that is behind, what went wrong, and whether a new one is under way. */
export class Load<T> implements ReactiveController {
  data: T | undefined
  stale = false
  /** When what is shown was last known to be current. */
  since: Date | undefined
  loading = false
  problem: Problem | undefined
  readonly #host: ReactiveControllerHost
  #running: AbortController | undefined
  #last: Fetch<T> | undefined
  readonly #online = () => {
    if (this.problem?.code === 'NETWORK' && this.#last) void this.run(this.#last)
  }

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    globalThis.addEventListener?.('online', this.#online)
  }

  hostDisconnected(): void {
    globalThis.removeEventListener?.('online', this.#online)
    this.#running?.abort()
  }

  /**
   * Asks; a newer question ends an older one. What is shown stays until the answer, unless it is to be forgotten. A question
   * that found no line is asked again when the browser is back online.
   */
  async run(fetch: Fetch<T>, { forget = false } = {}): Promise<void> {
    this.#running?.abort()
    const { signal } = (this.#running = new AbortController())
    this.#last = fetch
    if (forget) this.data = this.since = undefined
    this.loading = true
    this.problem = undefined
    this.#host.requestUpdate()
    try {
      const { data, stale } = await fetch(signal)
      if (signal.aborted) return
      this.#take(data, stale)
    } catch (error) {
      if (signal.aborted) return
      this.problem = asProblem(error)
    }
    this.loading = false
    this.#host.requestUpdate()
  }

  /** Shows what is known from elsewhere, such as a live update. */
  show(data: T, stale = false): void {
    this.#take(data, stale)
    this.problem = undefined
    this.loading = false
    this.#host.requestUpdate()
  }

  /** Nothing, as before the first question. */
  clear(): void {
    this.#running?.abort()
    this.data = this.problem = this.since = this.#last = undefined
    this.stale = this.loading = false
    this.#host.requestUpdate()
  }

  #take(data: T, stale: boolean): void {
    this.data = data
    this.stale = stale
    if (!stale) this.since = new Date()
  }
}
