import { again, type Refreshed } from '../basket/refresh.ts'
import { api } from '../shared/api.ts'
import { place } from '../shared/place.ts'

/** A basket like an order of the past, at what its restaurant offers now. Rejects with a Problem. */
export async function basketAgain(order_id: string): Promise<Refreshed> {
  const { data: order } = await api.get('/api/customer/v1/orders/{order_id}', { params: { path: { order_id } } })
  const { latitude, longitude } = place.value
  const path = { restaurant_id: order.restaurant_id ?? '' }
  const { data: restaurant } = await api.get('/api/customer/v1/restaurants/{restaurant_id}', { params: { path, query: { latitude, longitude } } })
  return again(order.items ?? [], restaurant)
}
