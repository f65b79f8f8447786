// What pages say alike.
import { formatDay, formatTime } from '@tiffin/kit/client'
import type { Allergen, Openness } from './api.ts'

export interface OpennessWords {
  tone: 'positive' | 'warning' | 'neutral'
  text: string
}

/** Whether orders come in, as of now: the document may have been sent before it closed. */
export function opennessWords(openness: Openness | undefined, now: number): OpennessWords {
  if (openness?.paused) return { tone: 'warning', text: openness.pause_reason ? `Paused: ${openness.pause_reason}` : 'Paused' }
  const [closes, opens] = [at(openness?.closes_at), at(openness?.opens_at)]
  if (openness?.open_now && !(closes <= now)) return { tone: 'positive', text: closes ? `Open until ${formatTime(closes)}` : 'Open' }
  if (opens <= now) return { tone: 'positive', text: 'Open' }
  if (!opens) return { tone: 'neutral', text: 'Closed' }
  const day = formatDay(opens, new Date(now))
  return { tone: 'neutral', text: day === formatDay(now, new Date(now)) ? `Opens ${formatTime(opens)}` : `Opens ${day}, ${formatTime(opens)}` }
}

/** A time of the API in milliseconds; NaN if there is none. */
export const at = (time: string | null | undefined): number => (time ? Date.parse(time) : NaN)

/** What people call a ticket across the counter: the end of its id. */
export const shortCode = (id: string | undefined): string => (id ?? '').slice(-4)

export const allergens: Allergen[] = [
  'ALLERGEN_GLUTEN', 'ALLERGEN_MILK', 'ALLERGEN_EGGS', 'ALLERGEN_NUTS', 'ALLERGEN_PEANUTS', 'ALLERGEN_SOYBEANS', 'ALLERGEN_SESAME',
  'ALLERGEN_FISH', 'ALLERGEN_CRUSTACEANS', 'ALLERGEN_MOLLUSCS', 'ALLERGEN_CELERY', 'ALLERGEN_MUSTARD', 'ALLERGEN_LUPIN', 'ALLERGEN_SULPHITES',
]

/** "ALLERGEN_MILK" → "milk" */
export const allergenName = (allergen: string): string => (allergen === 'ALLERGEN_NUTS' ? 'tree nuts' : allergen.replace(/^ALLERGEN_/, '').toLowerCase().replaceAll('_', ' '))

/** "1 order", "2 orders" */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`
