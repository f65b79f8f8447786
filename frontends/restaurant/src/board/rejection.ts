// Why a restaurant says no, and what the customer reads then.
import type { Ticket } from '../shared/api.ts'

export interface Reason {
  code: string
  label: string
  /** What the customer is told, unless somebody writes something better. */
  words: string
}

export const soldOut = 'ITEMS_SOLD_OUT'

export const reasons: Reason[] = [
  { code: soldOut, label: 'Something is sold out', words: '' },
  { code: 'TOO_BUSY', label: 'Too busy', words: 'Sorry, the kitchen is too busy to make this in time.' },
  { code: 'CLOSING', label: 'Closing', words: 'Sorry, the kitchen is about to close.' },
  { code: 'REJECTED', label: 'Something else', words: 'Sorry, we can’t make this order.' },
]

/** The items of a ticket, each once. */
export const itemsOf = (ticket: Ticket): { item_id: string; name: string }[] => {
  const items = new Map((ticket.lines ?? []).map((line) => [line.item_id ?? '', line.name ?? '']))
  return [...items].map(([item_id, name]) => ({ item_id, name }))
}

/** What the customer is told, where nobody has written anything. */
export function wordsFor(code: string, names: readonly string[]): string {
  if (code === soldOut) return names.length ? `Sorry, we are out of ${list(names)}.` : ''
  return reasons.find((reason) => reason.code === code)?.words ?? ''
}

/** "a, b and c" */
const list = (names: readonly string[]): string => (names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? ''))

/** What is missing before it can be sent; empty if nothing is. */
export function missing(code: string, items: readonly string[], words: string): string {
  if (code === '') return 'Please choose why.'
  if (code === soldOut && !items.length) return 'Please choose what is sold out.'
  return words.trim() === '' ? 'Please write what the customer is told.' : ''
}
