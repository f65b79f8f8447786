// Where the food goes: kept in this browser, the middle of the demo city until somebody says otherwise.
export interface Place {
  line: string
  latitude: number
  longitude: number
}

const key = 'tiffin.place'
export const cityCentre: Place = { line: '', latitude: 52.52, longitude: 13.405 }

const within = (value: unknown, limit: number): value is number => typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit

/** What is kept; the city's centre if that is nothing, or no place on earth. */
export function readPlace(text: string | null): Place {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Place> | null
    if (value && typeof value.line === 'string' && within(value.latitude, 90) && within(value.longitude, 180)) {
      return { line: value.line, latitude: value.latitude, longitude: value.longitude }
    }
  } catch {
    // Not ours, or cut off: as good as nothing.
  }
  return { ...cityCentre }
}

/** A coordinate as somebody types it, with a point or a comma; undefined if it is none. */
export function parseDegrees(text: string, limit: number): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  if (!/^[+-]?\d{1,3}(\.\d+)?$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return within(value, limit) ? value : undefined
}

/** Fires `change` when the place has changed, in this tab or another one. */
export class PlaceStore extends EventTarget {
  #place: Place
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined = browserStorage()) {
    super()
    this.#storage = storage
    this.#place = readPlace(storage?.getItem(key) ?? null)
    globalThis.addEventListener?.('storage', (event) => {
      if (event.key === key) this.#become(readPlace(event.newValue))
    })
  }

  get value(): Place {
    return this.#place
  }

  set(place: Place): void {
    save(this.#storage, key, JSON.stringify(place))
    this.#become(place)
  }

  #become(place: Place): void {
    this.#place = place
    this.dispatchEvent(new Event('change'))
  }
}

/** Storage can be full or forbidden; then what was chosen lasts as long as the page. */
export function save(storage: Storage | undefined, name: string, value: string): void {
  try {
    storage?.setItem(name, value)
  } catch {
    // Nothing that the person could do about it.
  }
}

export function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

/** As browserStorage, for what lasts as long as the tab. */
export function browserSession(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    return undefined
  }
}

export const place = new PlaceStore()
