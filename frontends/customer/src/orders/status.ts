// What an order's status means to the person who waits for it.
import type { Order, OrderStatus } from '../shared/api.ts'

export interface Step {
  label: string
  state: 'done' | 'current' | 'upcoming' | 'failed'
  time?: string | undefined
  note?: string | undefined
}

type Tone = 'neutral' | 'brand' | 'positive' | 'warning' | 'danger' | 'info'

const words: Record<OrderStatus, { label: string; tone: Tone; icon: string }> = {
  ORDER_STATUS_UNSPECIFIED: { label: 'On record', tone: 'neutral', icon: 'clock' },
  PLACED: { label: 'Waiting for the restaurant', tone: 'info', icon: 'clock' },
  CONFIRMED: { label: 'Confirmed', tone: 'brand', icon: 'chef-hat' },
  COMPLETED: { label: 'Completed', tone: 'positive', icon: 'check' },
  REJECTED: { label: 'Not accepted', tone: 'danger', icon: 'ban' },
  CANCELLED: { label: 'Cancelled', tone: 'danger', icon: 'ban' },
}

export const statusWords = (status: OrderStatus | undefined) => words[status ?? 'ORDER_STATUS_UNSPECIFIED'] ?? words.ORDER_STATUS_UNSPECIFIED

export const isOver = (status: OrderStatus | undefined): boolean => status === 'COMPLETED' || isFailed(status)
export const isFailed = (status: OrderStatus | undefined): boolean => status === 'REJECTED' || status === 'CANCELLED'

/** How many of the three steps are done. */
export const stepsDone = (order: Order): number => steps(order).filter((step) => step.state === 'done').length

/** The way of an order: what happened at its times, what is going on, what comes next. A failed one ends where it failed. */
export function steps(order: Order): Step[] {
  const { status, timeline = [] } = order
  const kitchen = order.restaurant_name || 'the restaurant'
  const at = (wanted: OrderStatus) => timeline.find((entry) => entry.status === wanted)
  const happened = (wanted: OrderStatus, label: string): Step => ({ label, state: 'done', time: at(wanted)?.time, note: at(wanted)?.note || undefined })
  const placed: Step = { ...happened('PLACED', 'Order placed'), time: at('PLACED')?.time ?? order.placed_at }
  const confirmed = happened('CONFIRMED', `Confirmed by ${kitchen}`)
  switch (status) {
    case 'CONFIRMED':
      // As long as it can be called off, nobody has begun to cook it.
      return [placed, confirmed, { label: order.cancellable ? 'Next in the kitchen' : 'In the kitchen', state: 'current', note: order.preparation_minutes ? `Takes about ${order.preparation_minutes} minutes` : undefined }]
    case 'COMPLETED':
      return [placed, confirmed, happened('COMPLETED', 'Completed. Enjoy!')]
    case 'REJECTED':
    case 'CANCELLED': {
      const end = at(status)
      const label = status === 'REJECTED' ? `${kitchen} couldn’t take it` : 'Cancelled'
      return [placed, ...(at('CONFIRMED') ? [confirmed] : []), { label, state: 'failed', time: end?.time ?? order.changed_at, note: order.reason || end?.note || undefined }]
    }
    default:
      return [placed, { label: `Waiting for ${kitchen}`, state: 'current' }, { label: 'In the kitchen', state: 'upcoming' }]
  }
}
