// When to call people to the screen.
import type { Board, Ticket } from '../shared/api.ts'
import { shortCode } from '../shared/words.ts'
import { isUrgent } from './timing.ts'

/** What has happened, from the most to the least pressing. */
export type AlertKind = 'cancelled' | 'urgent' | 'new'

export interface Alert {
  kind: AlertKind
  ticket: Ticket
}

interface Known {
  status: Ticket['status']
  urgent: boolean
}

/**
 * Remembers of each ticket on the board what people have been called for, and nothing of those that left it. The first
 * board calls nobody: who opens the page looks at it.
 */
export class Alerts {
  #known: Map<string, Known> | undefined

  forget(): void {
    this.#known = undefined
  }

  /** What is new in the board at the time; each thing once. */
  of(board: Board, now: number): Alert[] {
    const before = this.#known
    const found: Alert[] = []
    this.#known = new Map((board.tickets ?? []).map((ticket) => {
      const id = ticket.ticket_id ?? ''
      const was = before?.get(id)
      const urgent = (was?.urgent ?? false) || isUrgent(ticket, now)
      if (before && !was && ticket.status === 'OPENED') found.push({ kind: 'new', ticket })
      // One that nobody had accepted is off the table without a word.
      if (was && was.status !== 'OPENED' && was.status !== 'CANCELLED' && ticket.status === 'CANCELLED') found.push({ kind: 'cancelled', ticket })
      if (before && urgent && !was?.urgent) found.push({ kind: 'urgent', ticket })
      return [id, { status: ticket.status, urgent }]
    }))
    return found
  }
}

/** The alerts in one sentence each, for those who don't see the screen. */
export const alertWords = ({ kind, ticket }: Alert): string => {
  const code = shortCode(ticket.ticket_id)
  switch (kind) {
    case 'new':
      return `New ticket ${code}: ${dishes(ticket)}.`
    case 'urgent':
      return `Ticket ${code} needs an answer now.`
    case 'cancelled':
      return `Stop: ticket ${code} is cancelled.`
  }
}

/** "2 Masala dosa, 1 Lassi" */
export const dishes = (ticket: Ticket): string => (ticket.lines ?? []).map((line) => `${line.quantity} ${line.name}`).join(', ')
