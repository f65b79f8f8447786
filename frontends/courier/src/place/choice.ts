// How a courier says where they are: by the device, or by the map. Kept in this browser.
import type { Place } from './beacon.ts'

export type Choice = { by: 'device' } | ({ by: 'map' } & Place)

const key = 'tiffin.courier.place'
/** Where the map begins, until somebody says otherwise. */
export const cityCentre: Place = { latitude: 52.52, longitude: 13.405 }

export const isPlace = (latitude: unknown, longitude: unknown): boolean => within(latitude, 90) && within(longitude, 180)
const within = (value: unknown, limit: number): boolean => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit

/** What is kept; undefined if that is nothing, or no place on earth. */
export function readChoice(text: string | null): Choice | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<{ by: string } & Place> | null
    if (value?.by === 'device') return { by: 'device' }
    if (value?.by === 'map' && isPlace(value.latitude, value.longitude)) return { by: 'map', latitude: value.latitude as number, longitude: value.longitude as number }
  } catch {
    // Not ours, or cut off: as good as nothing.
  }
  return undefined
}

export function loadChoice(storage = browserStorage()): Choice | undefined {
  return readChoice(storage?.getItem(key) ?? null)
}

export function saveChoice(choice: Choice, storage = browserStorage()): void {
  try {
    storage?.setItem(key, JSON.stringify(choice))
  } catch {
    // Full or forbidden: then it lasts as long as the page.
  }
}

function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
