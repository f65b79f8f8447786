import type { MapMarker } from '@tiffin/kit'
import type { Place } from '../place/beacon.ts'
import type { Delivery, Offer } from '../shared/api.ts'

/** Where it is fetched, where it goes, and where the courier is, as far as that is known. */
export function markers(trip: Offer | Delivery | undefined, you: Place | undefined): MapMarker[] {
  const { pick_up: from, drop_off: to } = trip ?? {}
  const line = trip && 'drop_off_line' in trip ? trip.drop_off_line : undefined
  return [
    ...(from ? [{ kind: 'restaurant' as const, latitude: from.latitude ?? 0, longitude: from.longitude ?? 0, label: trip?.restaurant_name || 'Restaurant' }] : []),
    ...(to ? [{ kind: 'home' as const, latitude: to.latitude ?? 0, longitude: to.longitude ?? 0, label: line || 'Door' }] : []),
    ...(you ? [{ kind: 'courier' as const, ...you, label: 'You' }] : []),
  ]
}
