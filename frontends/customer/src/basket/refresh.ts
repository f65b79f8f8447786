// Brings a basket up to what the restaurant offers now, and says what that changed.
import { formatMoney, minorUnits } from '@tiffin/kit/client'
import type { MenuItem, OrderItem, Restaurant } from '../shared/api.ts'
import { emptyBasket, lineOf, type Basket, type Line } from './basket.ts'
import { choiceProblem } from './options.ts'

export interface Refreshed {
  basket: Basket
  /** One sentence for every difference, for people. */
  changes: string[]
}

export function refresh(basket: Basket, restaurant: Restaurant): Refreshed {
  const changes: string[] = []
  const offered = new Map((restaurant.sections ?? []).flatMap((section) => section.items ?? []).map((offer) => [offer.item?.item_id ?? '', offer]))
  const lines = basket.lines.flatMap((line): Line[] => {
    const offer = offered.get(line.item_id)
    if (!offer?.item) return gone(`${line.name} is no longer on the menu.`)
    if (offer.sold_out) return gone(`${line.name} is sold out.`)
    const now = lineOf(offer.item, line.option_ids, line.quantity, line.note)
    if (!stillPossible(offer.item, line)) return gone(`${line.name} is made differently now: please choose it again.`)
    if (minorUnits(now.unit_price) !== minorUnits(line.unit_price) || now.unit_price.currency_code !== line.unit_price.currency_code) {
      changes.push(`${now.name} now costs ${formatMoney(now.unit_price)} instead of ${formatMoney(line.unit_price)}.`)
    }
    return [now]
  })
  const fresh = { ...emptyBasket(restaurant), lines }
  if (minorUnits(fresh.delivery_fee) !== minorUnits(basket.delivery_fee)) {
    changes.push(`Delivery is now ${formatMoney(fresh.delivery_fee)} instead of ${formatMoney(basket.delivery_fee)}.`)
  }
  return { basket: fresh, changes }

  function gone(change: string): Line[] {
    changes.push(change)
    return []
  }
}

const stillPossible = (item: MenuItem, line: Line): boolean => {
  const groups = item.option_groups ?? []
  const known = new Set(groups.flatMap((group) => group.options ?? []).map((option) => option.option_id))
  return line.option_ids.every((id) => known.has(id)) && groups.every((group) => !choiceProblem(group, line.option_ids))
}

/** A basket like an earlier order, at today's prices. */
export function again(items: readonly OrderItem[], restaurant: Restaurant): Refreshed {
  const lines = items.map((item): Line => ({
    item_id: item.item_id ?? '',
    name: item.name ?? '',
    image: item.image ?? '',
    quantity: item.quantity ?? 1,
    option_ids: (item.options ?? []).map((option) => option.option_id ?? ''),
    option_names: (item.options ?? []).map((option) => option.name ?? ''),
    unit_price: { currency_code: item.unit_price?.currency_code ?? '', minor_units: item.unit_price?.minor_units || '0' },
    note: item.note ?? '',
  }))
  // The fee of an earlier order is no promise: only what changed about the dishes is worth saying.
  return refresh({ ...emptyBasket(restaurant), lines }, restaurant)
}
