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

/** When the food is ready, if the restaurant said so: a time that was never set is the year 1. */
export function readiness(ready: string | undefined, now = Date.now()): string {
  const time = Date.parse(ready ?? '')
  if (!(time > 0)) return ''
  return time <= now ? `Ready since ${formatTime(ready)}` : `Ready at ${formatTime(ready)}`
}

export const farAway = (meters: number | undefined): string => (meters ? formatDistance(meters) : '')
