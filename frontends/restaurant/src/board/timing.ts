// What the clock says about a ticket.
import { formatTime } from '@tiffin/kit/client'
import type { Ticket } from '../shared/api.ts'
import { at } from '../shared/words.ts'

export interface Timing {
  text: string
  tone: 'neutral' | 'positive' | 'warning' | 'danger'
  /** How much of the time to answer is left, 1 to 0; only while it waits for an answer. */
  left?: number
}

const minute = 60_000
/** Food that gets cold. */
const waitsLong = 10 * minute
const dueSoon = 5 * minute

export function timing(ticket: Ticket, now: number): Timing {
  switch (ticket.status) {
    case 'OPENED':
      return answer(ticket, now)
    case 'ACCEPTED':
    case 'STARTED':
      return due(at(ticket.ready_at) - now)
    case 'READY': {
      const waits = now - at(ticket.changed_at)
      return { text: waits < minute ? 'Just now' : `Waits ${minutes(waits)}`, tone: waits >= waitsLong ? 'warning' : 'positive' }
    }
    case 'CANCELLED':
      return { text: `Cancelled at ${formatTime(ticket.changed_at ?? undefined)}`, tone: 'danger' }
    default:
      return { text: '', tone: 'neutral' }
  }
}

/** Once it is urgent, it is time to call people to the screen. */
export const isUrgent = (ticket: Ticket, now: number): boolean => ticket.status === 'OPENED' && timing(ticket, now).tone === 'danger'

function answer({ opened_at, answer_by }: Ticket, now: number): Timing {
  const [from, until] = [at(opened_at), at(answer_by)]
  if (!(until > from)) return { text: 'Waits for your answer', tone: 'warning' }
  const left = Math.max(0, Math.min(1, (until - now) / (until - from)))
  if (left === 0) return { text: 'Out of time', tone: 'danger', left }
  const [text, tone] = left > 0.5 ? (['Answer in', 'neutral'] as const) : left > 0.25 ? (['Answer soon:', 'warning'] as const) : (['Answer now:', 'danger'] as const)
  return { text: `${text} ${countdown(until - now)}`, tone, left }
}

function due(left: number): Timing {
  if (Number.isNaN(left)) return { text: '', tone: 'neutral' }
  if (left <= -minute) return { text: `${minutes(-left)} late`, tone: 'danger' }
  if (left <= 0) return { text: 'Due now', tone: 'danger' }
  return { text: `Due in ${minutes(left + minute - 1)}`, tone: left <= dueSoon ? 'warning' : 'neutral' }
}

/** "4:05"; what is begun counts. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long ago it came in: "just now", "7 min ago" */
export const age = (ticket: Ticket, now: number): string => {
  const old = now - at(ticket.opened_at)
  return old >= minute ? `${minutes(old)} ago` : 'just now'
}

/** "7 min", "1 h 5 min"; only whole ones count. */
export function minutes(milliseconds: number): string {
  const whole = Math.floor(Math.max(0, milliseconds) / minute)
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}
