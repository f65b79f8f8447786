// The courier as things will stand once what was tapped has been taken. Pure.
import type { Entry } from '@tiffin/kit/outbox'
import { aboutOf, type Name } from '../sent/commands.ts'
import type { Courier, Delivery, DeliveryState, Offer } from '../shared/api.ts'

type Said = Pick<Entry, 'about'>

const becomes: Partial<Record<Name, { from: DeliveryState; to: DeliveryState }>> = {
  pickUp: { from: 'ASSIGNED', to: 'PICKED_UP' },
  deliver: { from: 'PICKED_UP', to: 'DELIVERED' },
  release: { from: 'ASSIGNED', to: 'RELEASED' },
  fail: { from: 'PICKED_UP', to: 'FAILED' },
}

/** Applies commands in their order. One that the document has overtaken, or that fits nothing in it, changes nothing. */
export const expected = (courier: Courier, said: readonly Said[]): Courier => said.reduce(apply, courier)

function apply(courier: Courier, command: Said): Courier {
  const { name, delivery_id, offer_id } = aboutOf(command)
  const { offer, delivery, ...rest } = courier
  switch (name) {
    case 'startShift':
      return { ...courier, on_shift: true }
    case 'endShift':
      return delivery ? courier : { ...rest, on_shift: false }
    case 'accept':
      return offer?.offer_id === offer_id && !delivery ? { ...rest, delivery: taken(offer) } : courier
    case 'decline':
      return offer?.offer_id === offer_id ? { ...rest, ...(delivery ? { delivery } : {}) } : courier
    default: {
      const step = becomes[name]
      return step && delivery?.delivery_id === delivery_id && delivery.state === step.from ? { ...courier, delivery: { ...delivery, state: step.to } } : courier
    }
  }
}

// The address is for whoever holds the delivery: it comes with the answer.
function taken(offer: Offer): Delivery {
  const { delivery_id, restaurant_id, restaurant_name, pick_up, drop_off, distance_meters, payout, ready_at } = offer
  const trip = { delivery_id, restaurant_id, restaurant_name, pick_up, drop_off, distance_meters, payout, ready_at }
  return { state: 'ACCEPTED', ...(Object.fromEntries(Object.entries(trip).filter(([, value]) => value !== undefined)) as Delivery) }
}

/** What there is to do for a courier, of which the page shows one at a time. */
export type Phase = 'off' | 'idle' | 'offer' | 'accepted' | 'fetch' | 'bring' | 'over'

export function phaseOf(courier: Courier): Phase {
  switch (courier.delivery?.state) {
    case undefined:
      return courier.offer ? 'offer' : courier.on_shift ? 'idle' : 'off'
    case 'ACCEPTED':
      return 'accepted'
    case 'ASSIGNED':
      return 'fetch'
    case 'PICKED_UP':
      return 'bring'
    default:
      return 'over'
  }
}
