// What a courier can tell Tiffin. Each goes through the outbox: said once, kept until it is answered.
import { outbox, type Entry } from '@tiffin/kit/outbox'
import { apiRoot, type AcceptBody, type DeclineBody, type Delivery, type Offer, type ReasonBody } from '../shared/api.ts'

export type Name = 'startShift' | 'endShift' | 'accept' | 'decline' | 'pickUp' | 'deliver' | 'release' | 'fail'

/** What an entry is about, as it is kept. */
export interface About {
  name: Name
  delivery_id: string
  offer_id: string
  restaurant: string
}

/** A shift that began or ended long after somebody said so would surprise them. */
const shiftWithin = 10 * 60_000

const shift = (name: 'startShift' | 'endShift', courierId: string): Promise<void> =>
  outbox.add({ lane: courierId, path: `${apiRoot}/couriers/${encodeURIComponent(courierId)}:${name}`, about: { name }, within: shiftWithin })

export const startShift = (courierId: string): Promise<void> => shift('startShift', courierId)
export const endShift = (courierId: string): Promise<void> => shift('endShift', courierId)

const ofDelivery = (name: Name, on: Offer | Delivery, body: AcceptBody | DeclineBody | Partial<ReasonBody> = {}): Promise<void> => {
  const id = on.delivery_id ?? ''
  return outbox.add({
    lane: id, path: `${apiRoot}/deliveries/${encodeURIComponent(id)}:${name}`, body,
    about: { name, delivery_id: id, offer_id: ('offer_id' in on && on.offer_id) || '', restaurant: on.restaurant_name ?? '' },
  })
}

export const accept = (offer: Offer): Promise<void> => ofDelivery('accept', offer, { offer_id: offer.offer_id ?? '' })
export const decline = (offer: Offer): Promise<void> => ofDelivery('decline', offer, { offer_id: offer.offer_id ?? '' })
export const pickUp = (delivery: Delivery): Promise<void> => ofDelivery('pickUp', delivery)
export const deliver = (delivery: Delivery): Promise<void> => ofDelivery('deliver', delivery)
export const release = (delivery: Delivery, why: Reason): Promise<void> => ofDelivery('release', delivery, why)
export const fail = (delivery: Delivery, why: Reason): Promise<void> => ofDelivery('fail', delivery, why)

export interface Reason {
  reason_code: string
  reason: string
}

export const aboutOf = (entry: Pick<Entry, 'about'>): About =>
  ({ name: entry.about['name'] as Name, delivery_id: entry.about['delivery_id'] ?? '', offer_id: entry.about['offer_id'] ?? '', restaurant: entry.about['restaurant'] ?? '' })

const words: Record<Name, string> = {
  startShift: 'Start of your shift', endShift: 'End of your shift', accept: 'Accept', decline: 'Decline',
  pickUp: 'Picked up', deliver: 'Handed over', release: 'Given back', fail: 'Could not deliver',
}

/** "Picked up: Dal & Daughters" */
export function commandWords(entry: Pick<Entry, 'about'>): string {
  const { name, restaurant } = aboutOf(entry)
  return restaurant ? `${words[name] ?? name}: ${restaurant}` : (words[name] ?? name)
}
