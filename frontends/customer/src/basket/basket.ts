// What somebody is about to order, from one restaurant. Pure: every function returns a new basket.
import { addMoney, minorUnits, money, timesMoney, type Money } from '@tiffin/kit/client'
import type { MenuItem, Restaurant } from '../shared/api.ts'

export interface Line {
  item_id: string
  name: string
  image: string
  quantity: number
  option_ids: string[]
  option_names: string[]
  /** The item with its options, one piece. */
  unit_price: Money
  note: string
}

export interface Basket {
  restaurant_id: string
  restaurant_name: string
  restaurant_image: string
  delivery_fee: Money
  minimum_order: Money
  lines: Line[]
}

export const maxQuantity = 99

const moneyOf = (amount: { currency_code?: string; minor_units?: string } | undefined, currency: string): Money =>
  money(amount?.currency_code || currency, amount?.minor_units || 0)

export function emptyBasket(restaurant: Restaurant): Basket {
  const { summary, currency_code = '' } = restaurant
  const currency = currency_code || summary?.delivery_fee?.currency_code || ''
  return {
    restaurant_id: summary?.restaurant_id ?? '',
    restaurant_name: summary?.name ?? '',
    restaurant_image: summary?.image ?? '',
    delivery_fee: moneyOf(summary?.delivery_fee, currency),
    minimum_order: moneyOf(summary?.minimum_order, currency),
    lines: [],
  }
}

/** A line at the menu's own price, its options in the menu's order; options that the item does not have are left out. */
export function lineOf(item: MenuItem, option_ids: readonly string[], quantity: number, note = ''): Line {
  const chosen = (item.option_groups ?? []).flatMap((group) => group.options ?? []).filter((option) => option_ids.includes(option.option_id ?? ''))
  const price = chosen.reduce((sum, option) => sum + BigInt(option.price_difference || 0), minorUnits(item.price))
  return {
    item_id: item.item_id ?? '',
    name: item.name ?? '',
    image: item.image ?? '',
    quantity,
    option_ids: chosen.map((option) => option.option_id ?? ''),
    option_names: chosen.map((option) => option.name ?? ''),
    unit_price: money(item.price?.currency_code ?? '', price),
    note: note.trim(),
  }
}

const same = (a: Line, b: Line): boolean =>
  a.item_id === b.item_id && a.note === b.note && [...a.option_ids].sort().join() === [...b.option_ids].sort().join()

/** Adds a line; the same thing ordered the same way counts up instead. */
export function addLine(basket: Basket, line: Line): Basket {
  const at = basket.lines.findIndex((other) => same(other, line))
  if (at < 0) return { ...basket, lines: [...basket.lines, line] }
  return setQuantity(basket, at, (basket.lines[at]?.quantity ?? 0) + line.quantity)
}

/** Sets how many of a line there are; none takes it out. */
export function setQuantity(basket: Basket, at: number, quantity: number): Basket {
  const count = Math.min(maxQuantity, Math.trunc(quantity))
  return { ...basket, lines: basket.lines.flatMap((line, index) => (index !== at ? [line] : count > 0 ? [{ ...line, quantity: count }] : [])) }
}

export const countItems = (basket: Basket | undefined): number => basket?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0

export const lineTotal = (line: Line): Money => timesMoney(line.unit_price, line.quantity)

export interface Totals {
  subtotal: Money
  delivery_fee: Money
  tip: Money
  total: Money
  /** What is missing to the restaurant's minimum; zero when it is reached. */
  missing: Money
}

export function totals(basket: Basket, tip: bigint = 0n): Totals {
  const currency = basket.lines[0]?.unit_price.currency_code || basket.delivery_fee.currency_code
  const subtotal = addMoney(money(currency, 0), ...basket.lines.map(lineTotal))
  const missing = minorUnits(basket.minimum_order) - minorUnits(subtotal)
  const given = money(currency, tip)
  return {
    subtotal,
    delivery_fee: basket.delivery_fee,
    tip: given,
    total: addMoney(subtotal, basket.delivery_fee, given),
    missing: money(currency, missing > 0n ? missing : 0n),
  }
}
