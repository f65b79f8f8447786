// What people press on tickets: which one waits for its answer, and what the server said no to.
import { asProblem, type Problem } from '@tiffin/kit/client'
import { api, type Board, type Ticket } from '../shared/api.ts'

type Path = { params: { path: { ticket_id: string } } }

const send = {
  accept: (to: Path, body: { ready_in: string }) => api.post('/api/restaurant/v1/tickets/{ticket_id}:accept', { ...to, body }),
  delay: (to: Path, body: { ready_in: string }) => api.post('/api/restaurant/v1/tickets/{ticket_id}:delay', { ...to, body }),
  reject: (to: Path, body: { reason_code: string; reason: string; sold_out_item_ids: string[] }) => api.post('/api/restaurant/v1/tickets/{ticket_id}:reject', { ...to, body }),
  start: (to: Path, body: Record<string, never>) => api.post('/api/restaurant/v1/tickets/{ticket_id}:start', { ...to, body }),
  ready: (to: Path, body: Record<string, never>) => api.post('/api/restaurant/v1/tickets/{ticket_id}:ready', { ...to, body }),
  handOver: (to: Path, body: Record<string, never>) => api.post('/api/restaurant/v1/tickets/{ticket_id}:handOver', { ...to, body }),
}

export type Command = keyof typeof send
export type Body<C extends Command> = Parameters<(typeof send)[C]>[1]

// The board shows what a command did within moments; longer than this it has shown it, or will not.
const shownWithin = 5000

/** Fires `change`. What it holds of a ticket goes with the ticket. */
export class Commands extends EventTarget {
  readonly #busy = new Map<string, Command>()
  readonly #problems = new Map<string, Problem>()

  busy(ticket: Ticket): Command | undefined {
    return this.#busy.get(keyOf(ticket))
  }

  problem(ticket: Ticket): Problem | undefined {
    return this.#problems.get(keyOf(ticket))
  }

  /** Sends a command; a ticket takes one at a time. It stays busy until the board shows it as it then is. */
  async run<C extends Command>(command: C, ticket: Ticket, body: Body<C>): Promise<boolean> {
    const key = keyOf(ticket)
    if (this.#busy.has(key)) return false
    this.#busy.set(key, command)
    this.#problems.delete(key)
    this.#changed()
    try {
      await (send[command] as (to: Path, body: Body<C>) => Promise<unknown>)({ params: { path: { ticket_id: ticket.ticket_id ?? '' } } }, body)
      setTimeout(() => this.#done(key), shownWithin)
      return true
    } catch (error) {
      this.#problems.set(key, asProblem(error))
      this.#done(key)
      return false
    }
  }

  /** Lets go of tickets that have changed, or left. */
  shown(board: Board | undefined): void {
    const keys = new Set((board?.tickets ?? []).map(keyOf))
    for (const held of [this.#busy, this.#problems]) for (const key of held.keys()) if (!keys.has(key)) held.delete(key)
  }

  #done(key: string): void {
    this.#busy.delete(key)
    this.#changed()
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }
}

/** A ticket as it is now: what was said of it before it changed no longer holds. */
const keyOf = (ticket: Ticket): string => `${ticket.ticket_id} ${ticket.status} ${ticket.changed_at}`

export const commands = new Commands()
