import type { Courier, Delivery, Offer } from '../src/shared/api.ts'

const place = { pick_up: { latitude: 52.5208, longitude: 13.4094 }, drop_off: { latitude: 52.5131, longitude: 13.3984 } }
const trip = { delivery_id: 'D1', restaurant_id: 'R1', restaurant_name: 'Dal & Daughters', ...place, distance_meters: 1140, payout: { currency_code: 'EUR', minor_units: '450' } }

export const offer: Offer = { offer_id: 'O1', ...trip, ready_at: '2026-01-01T12:20:00Z', expires_in: '30s' }
export const delivery = (state: Delivery['state']): Delivery => ({ ...trip, drop_off_line: '12 Lake Road', ...(state ? { state } : {}) })

export const free: Courier = { courier_id: 'C1', name: 'Mina Okafor', vehicle: 'BICYCLE', on_shift: true }
export const off: Courier = { courier_id: 'C1', name: 'Mina Okafor', vehicle: 'BICYCLE' }
export const offered: Courier = { ...free, offer }
export const holding = (state: Delivery['state']): Courier => ({ ...free, delivery: delivery(state) })
