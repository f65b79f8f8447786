import { basket } from '../basket/store.ts'
import { attemptAnswered } from '../checkout/attempt.ts'
import { card } from '../checkout/card.ts'
import { cityCentre, place } from '../shared/place.ts'

/** Drops what this browser remembers of whoever leaves: it would be silly if only the servers forgot. */
export function forgetHere(): void {
  basket.set(undefined)
  card.set(undefined)
  place.set({ ...cityCentre })
  attemptAnswered()
}
