import { asProblem, type Problem } from '@tiffin/kit/client'

export interface Place {
  latitude: number
  longitude: number
}

export interface BeaconOptions {
  /** Tells the server; rejects when it was not heard. */
  send: (place: Place, signal: AbortSignal) => Promise<unknown>
  changed?: () => void
  /** The least time between two, and the longest for which a place that stays the same is not repeated. */
  every?: number
  repeat?: number
  later?: (milliseconds: number, then: () => void) => () => void
}

/**
 * Beacon tells where somebody is: one at a time, not too often, and always the newest; what came between is left out. A
 * place that was not heard is not kept: by the next time there is a newer one. It is repeated while it stays the same,
 * because nobody keeps it for long.
 */
export class Beacon {
  /** Why the last one was not heard; undefined if it was. */
  problem: Problem | undefined
  #place: Place | undefined
  #fresh = false
  #running: AbortController | undefined
  /** Between two that must not follow each other at once. */
  #waiting = false
  #cancel: (() => void) | undefined
  readonly #options: Required<BeaconOptions>

  constructor(options: BeaconOptions) {
    this.#options = { changed: () => {}, every: 5000, repeat: 60_000, later: timer, ...options }
  }

  tell(place: Place): void {
    const same = this.#place?.latitude === place.latitude && this.#place.longitude === place.longitude
    if (same) return
    this.#place = place
    this.#fresh = true
    if (!this.#running && !this.#waiting) void this.#send()
  }

  stop(): void {
    this.#cancel?.()
    this.#running?.abort()
    this.#place = this.#running = this.#cancel = this.problem = undefined
    this.#fresh = this.#waiting = false
  }

  async #send(): Promise<void> {
    const place = this.#place
    if (!place) return
    this.#cancel?.()
    const run = (this.#running = new AbortController())
    this.#fresh = false
    let problem: Problem | undefined
    try {
      await this.#options.send(place, run.signal)
    } catch (error) {
      problem = asProblem(error)
      this.#fresh = true
    }
    if (run.signal.aborted) return
    this.#running = undefined
    this.problem = problem
    this.#waiting = true
    this.#cancel = this.#options.later(this.#options.every, () => this.#rested())
    this.#options.changed()
  }

  #rested(): void {
    this.#waiting = false
    if (this.#fresh) void this.#send()
    else this.#cancel = this.#options.later(Math.max(this.#options.repeat - this.#options.every, 0), () => void this.#send())
  }
}

function timer(milliseconds: number, then: () => void): () => void {
  const id = setTimeout(then, milliseconds)
  return () => clearTimeout(id)
}
