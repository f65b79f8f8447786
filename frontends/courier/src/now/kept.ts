// What the page last knew, for the tab's lifetime: a phone drops pages that it can't see, and whoever stands on the stairs
// without a connection still needs the address. It goes with the tab, and it is shown as old.
import type { Courier } from '../shared/api.ts'

const key = 'tiffin.courier'
const longest = 6 * 3_600_000

export interface Kept {
  courier: Courier
  at: number
}

export function keep(courier: Courier, at: number, storage = tabStorage()): void {
  try {
    // An offer counts down by the moment in which it arrived: it can't be taken up later.
    const { offer: _, ...rest } = courier
    storage?.setItem(key, JSON.stringify({ courier: rest, at }))
  } catch {
    // Full or forbidden: then a reload begins with nothing, as elsewhere.
  }
}

/** What was kept of this courier, unless it is too old to be of use. */
export function recall(courierId: string, now: number, storage = tabStorage()): Kept | undefined {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Kept | null
    return kept?.courier?.courier_id === courierId && typeof kept.at === 'number' && now - kept.at < longest ? kept : undefined
  } catch {
    return undefined
  }
}

export function forget(storage = tabStorage()): void {
  storage?.removeItem(key)
}

function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    return undefined
  }
}
