// What pages say alike.
import { formatDistance, formatTime } from '@tiffin/kit/client'
import type { DeliveryState } from './api.ts'

type Tone = 'neutral' | 'brand' | 'positive' | 'warning' | 'danger' | 'info'

const states: Record<DeliveryState, { label: string; tone: Tone; icon: string }> = {
  DELIVERY_STATE_UNSPECIFIED: { label: 'On record', tone: 'neutral', icon: 'package' },
  ACCEPTED: { label: 'Accepted', tone: 'info', icon: 'clock' },
  ASSIGNED: { label: 'To the restaurant', tone: 'brand', icon: 'utensils' },
  PICKED_UP: { label: 'To the door', tone: 'brand', icon: 'bike' },
  DELIVERED: { label: 'Delivered', tone: 'positive', icon: 'check' },
  RELEASED: { label: 'Given back', tone: 'neutral', icon: 'refresh-cw' },
  FAILED: { label: 'Not delivered', tone: 'danger', icon: 'triangle-alert' },
  CANCELLED: { label: 'Called off', tone: 'danger', icon: 'ban' },
}

export const stateWords = (state: DeliveryState | undefined) => states[state ?? 'DELIVERY_STATE_UNSPECIFIED'] ?? states.DELIVERY_STATE_UNSPECIFIED

/** Whether the food is ready, as far as that is known, or when it is said to be: a time that was never set is the year 1. */
export function readiness(ready: string | undefined, done: boolean | undefined, now = Date.now()): string {
  if (done) return 'Ready now'
  const time = Date.parse(ready ?? '')
  if (!(time > 0)) return ''
  if (time > now) return `Ready at ${formatTime(ready)}`
  return done === false ? `Not ready yet, expected at ${formatTime(ready)}` : `Expected at ${formatTime(ready)}`
}

export const farAway = (meters: number | undefined): string => (meters ? formatDistance(meters) : '')
