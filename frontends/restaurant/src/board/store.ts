// The board of whoever is signed in, live, for every page of this micro frontend: tickets arrive on the menu page, too.
import { personaChanged, Problem, session, watch } from '@tiffin/kit/client'
import { apiRoot, type Board } from '../shared/api.ts'

/** Fires `change`. */
export class BoardStore extends EventTarget {
  board: Board | undefined
  /** The board may be behind, or, where there is none yet, can't be reached. */
  stale = false
  /** When the board was last known to be current. */
  since: Date | undefined
  /** Why there will be no board: not for us, or not there. */
  problem: Problem | undefined
  #end: (() => void) | undefined

  get restaurantId(): string {
    return session.persona?.restaurant_id ?? ''
  }

  start(): void {
    session.addEventListener(personaChanged, this.#follow)
    this.#follow()
  }

  stop(): void {
    session.removeEventListener(personaChanged, this.#follow)
    this.#end?.()
    this.#forget()
  }

  /** After a problem. */
  again(): void {
    this.#follow()
  }

  readonly #follow = () => {
    this.#end?.()
    this.#forget()
    const id = this.restaurantId
    if (id) {
      this.#end = watch<Board>(`${apiRoot}/restaurants/${encodeURIComponent(id)}/tickets:watch`, {
        background: true,
        onDocument: (board) => {
          this.board = board
          this.#changed()
        },
        onStale: (stale) => {
          if (!stale) this.since = new Date()
          if (stale === this.stale) return
          this.stale = stale
          this.#changed()
        },
        onProblem: (problem) => {
          this.problem = problem
          this.#changed()
        },
      })
    }
    this.#changed()
  }

  #forget(): void {
    this.#end = this.board = this.since = this.problem = undefined
    this.stale = false
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }
}

export const store = new BoardStore()
