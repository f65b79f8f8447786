// The tickets of a board, in the columns that a kitchen works through.
import type { Board, Ticket, TicketStatus } from '../shared/api.ts'
import { at } from '../shared/words.ts'

export interface Column {
  status: TicketStatus
  title: string
  /** What the column says while nothing is in it. */
  empty: string
  tickets: Ticket[]
}

/** How long a cancelled ticket stays where the cook would look for it; as long as the server keeps it there. */
const cancelledFor = 15 * 60_000

const kinds: [TicketStatus, title: string, empty: string, due: (ticket: Ticket) => number][] = [
  ['OPENED', 'New', 'Nothing waits for an answer.', (ticket) => at(ticket.answer_by) || at(ticket.opened_at)],
  ['ACCEPTED', 'To cook', 'Nothing left to start.', (ticket) => at(ticket.ready_at)],
  ['STARTED', 'Cooking', 'Nothing on the stove.', (ticket) => at(ticket.ready_at)],
  ['READY', 'Ready', 'Nothing waits for a courier.', (ticket) => at(ticket.changed_at)],
]

/** One column for each state, what is due first on top. */
export const columns = (board: Board | undefined): Column[] =>
  kinds.map(([status, title, empty, due]) => ({ status, title, empty, tickets: (board?.tickets ?? []).filter((ticket) => ticket.status === status).sort((a, b) => due(a) - due(b)) }))

/** What nobody may cook on, the newest first. */
export const cancelled = (board: Board | undefined, now: number): Ticket[] =>
  (board?.tickets ?? []).filter((ticket) => ticket.status === 'CANCELLED' && !(now - at(ticket.changed_at) >= cancelledFor)).sort((a, b) => at(b.changed_at) - at(a.changed_at))

export const waiting = (board: Board | undefined): number => (board?.tickets ?? []).filter((ticket) => ticket.status === 'OPENED').length
