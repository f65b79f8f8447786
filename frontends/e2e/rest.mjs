// What customers do by REST, where a test is about somebody else.
import { randomInt } from 'node:crypto'
import { json } from './system.mjs'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const here = { line: 'Torstraße 1', latitude: 52.52, longitude: 13.405 }

/** A ULID. */
export function newId(now = Date.now()) {
  let time = ''
  for (let rest = now; time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time
  return time + Array.from({ length: 16 }, () => digits[randomInt(32)]).join('')
}

/** Somebody with the role, by what else is asked of them. */
export async function someone(system, role, fits = () => true) {
  const { personas } = await json(`${system.url}/auth/personas`)
  const found = personas.find((persona) => persona.roles.includes(role) && fits(persona))
  if (!found) throw new Error(`nobody in the demo city is a ${role} like that`)
  return found
}

async function headersOf(system, { persona_id }) {
  const { access_token } = await json(`${system.url}/auth/personas/${persona_id}:token`, { method: 'POST' })
  return { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' }
}

/** Orders one item as often as it takes to reach the minimum, and returns the order's id. */
export async function place(system, person, { id, item, times }) {
  const restaurant = await json(`${system.url}/api/customer/v1/restaurants/${id}?latitude=${here.latitude}&longitude=${here.longitude}`)
  const offer = restaurant.sections.flatMap((section) => section.items).find((one) => one.item.name === item).item
  const total = BigInt(offer.price.minor_units) * BigInt(times) + BigInt(restaurant.summary.delivery_fee.minor_units)
  const order_id = newId()
  await json(`${system.url}/api/customer/v1/orders`, {
    method: 'POST', headers: { ...(await headersOf(system, person)), 'Idempotency-Key': order_id },
    body: JSON.stringify({
      order_id, restaurant_id: id, items: [{ item_id: offer.item_id, quantity: times, note: 'no onions, please' }], delivery_address: here,
      expected_total: { currency_code: restaurant.currency_code, minor_units: total.toString() },
    }),
  })
  return order_id
}

export async function cancel(system, person, order_id) {
  await json(`${system.url}/api/customer/v1/orders/${order_id}:cancel`, { method: 'POST', headers: await headersOf(system, person), body: JSON.stringify({ reason: 'Changed my mind' }) })
}
