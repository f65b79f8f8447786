// The times that a kitchen can promise with one press, in minutes.
import { at } from '../shared/words.ts'

/** What the kitchen's service takes. */
export const [shortest, longest] = [1, 240]
const usualAtLeast = 5

export const usual = (preparation: number | undefined): number => Math.min(longest, Math.max(shortest, preparation || 20))

/** Around what is usual, which is not among them: it has a button of its own. */
export function otherTimes(preparation: number | undefined): number[] {
  const middle = usual(preparation)
  const around = [middle - 10, middle - 5, middle + 10, middle + 20].map((time) => Math.round(time / 5) * 5)
  return [...new Set(around)].filter((time) => time >= usualAtLeast && time <= longest && time !== middle)
}

export const delays = [5, 10, 15, 20, 30, 45]

/** The new time in seconds from now: that much later than what was said, or than now, if that time has passed. */
export function delayed(ready_at: string | null | undefined, minutes: number, now: number): number {
  const said = at(ready_at)
  const from = Number.isNaN(said) ? now : Math.max(said, now)
  return Math.min(longest * 60, Math.ceil((from - now) / 1000) + minutes * 60)
}

/** As the API writes a duration. */
export const seconds = (count: number): string => `${count}s`
