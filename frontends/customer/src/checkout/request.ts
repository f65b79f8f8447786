import { totals, type Basket } from '../basket/basket.ts'
import type { PlaceOrderRequest } from '../shared/api.ts'
import type { Place } from '../shared/place.ts'

/** The order as it is sent, but for its id: exactly what was shown, and the total that was shown with it. No token: the card that is kept. */
export function orderOf(basket: Basket, to: Place, tip: bigint, payment_token?: string): Omit<PlaceOrderRequest, 'order_id'> {
  const sum = totals(basket, tip)
  return {
    restaurant_id: basket.restaurant_id,
    items: basket.lines.map(({ item_id, quantity, option_ids, note }) => ({ item_id, quantity, option_ids, note })),
    delivery_address: { line: to.line, latitude: to.latitude, longitude: to.longitude },
    expected_total: sum.total,
    tip: sum.tip,
    ...(payment_token ? { payment_token } : {}),
  }
}
