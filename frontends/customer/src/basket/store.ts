// The basket of this browser: one, shared by its tabs.
import { browserStorage, save } from '../shared/place.ts'
import { addLine, countItems, emptyBasket, setQuantity, type Basket, type Line } from './basket.ts'
import type { Restaurant } from '../shared/api.ts'

const key = 'tiffin.basket'

const isMoney = (value: any): boolean => typeof value?.currency_code === 'string' && /^-?\d+$/.test(value?.minor_units ?? '')
const isText = (value: unknown): value is string => typeof value === 'string'
const isLine = (line: any): line is Line =>
  isText(line?.item_id) && isText(line.name) && isText(line.image) && isText(line.note) && isMoney(line.unit_price) && Number.isInteger(line.quantity) && line.quantity > 0 &&
  Array.isArray(line.option_ids) && line.option_ids.every(isText) && Array.isArray(line.option_names) && line.option_names.every(isText)

/** What is kept, if it is a basket with something in it. */
export function readBasket(text: string | null): Basket | undefined {
  try {
    const value = JSON.parse(text ?? 'null')
    const whole = isText(value?.restaurant_id) && isText(value.restaurant_name) && isText(value.restaurant_image) && isMoney(value.delivery_fee) && isMoney(value.minimum_order)
    return whole && Array.isArray(value.lines) && value.lines.length > 0 && value.lines.every(isLine) ? (value as Basket) : undefined
  } catch {
    return undefined
  }
}

/** Fires `change`. An empty basket is none. */
export class BasketStore extends EventTarget {
  #basket: Basket | undefined
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined = browserStorage()) {
    super()
    this.#storage = storage
    this.#basket = readBasket(storage?.getItem(key) ?? null)
    globalThis.addEventListener?.('storage', (event) => {
      if (event.key !== key) return
      this.#basket = readBasket(event.newValue)
      this.dispatchEvent(new Event('change'))
    })
  }

  get value(): Basket | undefined {
    return this.#basket
  }

  get count(): number {
    return countItems(this.#basket)
  }

  /** Whether adding from this restaurant would have to empty the basket first. */
  holdsOther(restaurant_id: string): boolean {
    return this.#basket !== undefined && this.#basket.restaurant_id !== restaurant_id
  }

  /** Adds to the basket; one of another restaurant is replaced, so ask first (holdsOther). */
  add(restaurant: Restaurant, line: Line): void {
    const fresh = emptyBasket(restaurant)
    const lines = this.#basket?.restaurant_id === fresh.restaurant_id ? this.#basket.lines : []
    this.set(addLine({ ...fresh, lines }, line))
  }

  setQuantity(at: number, quantity: number): void {
    if (this.#basket) this.set(setQuantity(this.#basket, at, quantity))
  }

  set(basket: Basket | undefined): void {
    this.#basket = basket?.lines.length ? basket : undefined
    if (this.#basket) save(this.#storage, key, JSON.stringify(this.#basket))
    else this.#storage?.removeItem(key)
    this.dispatchEvent(new Event('change'))
  }
}

export const basket = new BasketStore()
