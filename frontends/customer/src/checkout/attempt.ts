// The id of an order that is being placed. Placing the same thing again after a lost answer must be the same order.
import { newId, type Problem } from '@tiffin/kit/client'
import { browserStorage, save } from '../shared/place.ts'

interface Attempt {
  order_id: string
  content: string
  begun: number
}

const key = 'tiffin.order-attempt'
// The server takes ids of the last 24 hours; half of that leaves room for clocks that are wrong.
const lasts = 12 * 3_600_000

/** The id for an order with this content: the one before, as long as nothing in it changed and nobody answered. */
export function orderIdFor(content: string, storage: Storage | undefined = browserStorage(), now = Date.now(), makeId = newId): string {
  const before = read(storage)
  if (before && before.content === content && now - before.begun < lasts && now >= before.begun) return before.order_id
  const attempt: Attempt = { order_id: makeId(), content, begun: now }
  save(storage, key, JSON.stringify(attempt))
  return attempt.order_id
}

/** Call it when the server has answered, either way. */
export const attemptAnswered = (storage: Storage | undefined = browserStorage()): void => storage?.removeItem(key)

/** Whether a problem is the server's no; anything else may yet have become an order. */
export const isRefusal = (problem: Problem): boolean => problem.status >= 400 && problem.status < 500 && problem.status !== 408 && problem.status !== 429 && problem.status !== 401

function read(storage: Storage | undefined): Attempt | undefined {
  try {
    const value = JSON.parse(storage?.getItem(key) ?? 'null') as Attempt | null
    return value && typeof value.order_id === 'string' && typeof value.content === 'string' && Number.isFinite(value.begun) ? value : undefined
  } catch {
    return undefined
  }
}
