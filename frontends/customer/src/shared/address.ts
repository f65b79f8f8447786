// Addresses that a customer keeps, and places: the same, but for a name and an id.
import type { SavedAddress } from './api.ts'
import type { Place } from './place.ts'

/** As many as the server keeps of one customer. */
export const mostAddresses = 20

/** A new address, to start from a place. */
export const addressAt = ({ line, latitude, longitude }: Place): SavedAddress => ({ line, latitude, longitude })

/** The server leaves zeros out. */
export const placeOf = ({ line = '', latitude = 0, longitude = 0 }: SavedAddress): Place => ({ line, latitude, longitude })

/** Whether an address is this place, whatever it is called. */
export function isAt(address: SavedAddress, there: Place): boolean {
  const here = placeOf(address)
  return here.line === there.line && here.latitude === there.latitude && here.longitude === there.longitude
}
