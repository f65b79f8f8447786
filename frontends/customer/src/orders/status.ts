// What an order's status means to the person who waits for it.
import { formatMoney, formatTime } from '@tiffin/kit/client'
import type { Order, OrderStatus, TimelineEntry } from '../shared/api.ts'

export interface Step {
  label: string
  state: 'done' | 'current' | 'upcoming' | 'failed'
  time?: string | undefined
  note?: string | undefined
}

type Tone = 'neutral' | 'brand' | 'positive' | 'warning' | 'danger' | 'info'

const unknown = { label: 'On record', tone: 'neutral' as Tone, icon: 'clock' }
const words: Partial<Record<OrderStatus, { label: string; tone: Tone; icon: string }>> = {
  PLACED: { label: 'Checking your card', tone: 'info', icon: 'credit-card' },
  PAYMENT_AUTHORIZED: { label: 'Waiting for the restaurant', tone: 'info', icon: 'clock' },
  CONFIRMED: { label: 'Confirmed', tone: 'brand', icon: 'chef-hat' },
  ACCEPTED: { label: 'Confirmed', tone: 'brand', icon: 'chef-hat' },
  COOKING: { label: 'In the kitchen', tone: 'brand', icon: 'chef-hat' },
  READY: { label: 'Ready for the courier', tone: 'brand', icon: 'package' },
  PICKED_UP: { label: 'On its way', tone: 'brand', icon: 'bike' },
  DELIVERED: { label: 'Delivered', tone: 'positive', icon: 'check' },
  COMPLETED: { label: 'Delivered', tone: 'positive', icon: 'check' },
  PAYMENT_DECLINED: { label: 'Card declined', tone: 'danger', icon: 'credit-card' },
  REJECTED: { label: 'Not accepted', tone: 'danger', icon: 'ban' },
  CANCELLED: { label: 'Cancelled', tone: 'danger', icon: 'ban' },
  DELIVERY_FAILED: { label: 'Not delivered', tone: 'danger', icon: 'ban' },
}

export const statusWords = (status: OrderStatus | undefined) => words[status ?? 'ORDER_STATUS_UNSPECIFIED'] ?? unknown

/** How far an order is: its stage, or its status where a server knows no stages. */
export const stageOf = ({ stage, status }: Pick<Order, 'stage' | 'status'>): OrderStatus => (stage && stage !== 'ORDER_STATUS_UNSPECIFIED' ? stage : status ?? 'ORDER_STATUS_UNSPECIFIED')

const failed: readonly OrderStatus[] = ['REJECTED', 'CANCELLED', 'PAYMENT_DECLINED', 'DELIVERY_FAILED']
export const isFailed = (stage: OrderStatus): boolean => failed.includes(stage)
export const isOver = (stage: OrderStatus): boolean => stage === 'DELIVERED' || stage === 'COMPLETED' || isFailed(stage)

/** The tiers of the tiffin that is packed meanwhile: the card, the restaurant's word, the food, the pick-up, the door. */
const tiers: readonly (readonly OrderStatus[])[] = [['PAYMENT_AUTHORIZED'], ['ACCEPTED', 'CONFIRMED'], ['READY'], ['PICKED_UP'], ['DELIVERED', 'COMPLETED']]
export const stepsInAll = tiers.length

/** How many of the steps are done: of a later one, so are all before it. */
export function stepsDone(order: Order): number {
  const told = new Set([...(order.timeline ?? []).map(({ status }) => status), stageOf(order)])
  return tiers.findLastIndex((tier) => tier.some((status) => told.has(status))) + 1
}

/** The way of an order: what happened at its times, what is going on, what comes next. A failed one ends where it failed. */
export function steps(order: Order): Step[] {
  const stage = stageOf(order)
  const timeline = order.timeline ?? []
  const told = new Set(timeline.map(({ status }) => status))
  const done = timeline.filter((entry) => entry.status !== stage || isOver(stage) || !goingOn.has(stage)).flatMap((entry) => happened(entry, order, told) ?? [])
  if (!timeline.length) done.push({ label: 'Order placed', state: 'done', time: order.placed_at })
  if (isOver(stage)) return done
  const since = timeline.findLast(({ status }) => status === stage && goingOn.has(status))?.time
  const [now, ...next] = ahead(stage, order)
  return [...done, { ...now, label: now?.label ?? '', state: 'current', time: since }, ...next.map((step) => ({ ...step, state: 'upcoming' as const }))]
}

// What is told as going on, not as done, while it lasts.
const goingOn = new Set<OrderStatus>(['COOKING', 'READY', 'PICKED_UP'])

function happened(entry: TimelineEntry, order: Order, told: ReadonlySet<OrderStatus | undefined>): Step | undefined {
  const kitchen = order.restaurant_name || 'The restaurant'
  const [amount, note, time] = [formatMoney(entry.amount), entry.note || undefined, entry.time]
  const step = (label: string, more?: string, state: Step['state'] = 'done'): Step => ({ label, state, time, note: more })
  const readyAt = entry.ready_at ? `Ready about ${formatTime(entry.ready_at)}` : undefined
  switch (entry.status) {
    case 'PLACED':
      return step('Order placed')
    case 'PAYMENT_AUTHORIZED':
      return step(`${amount} reserved on your card`)
    case 'ACCEPTED':
      return step(`Confirmed by ${kitchen}`, readyAt)
    case 'CONFIRMED':
      return told.has('ACCEPTED') ? undefined : step(`Confirmed by ${kitchen}`)
    case 'DELAYED':
      return step(`${kitchen} needs longer`, readyAt)
    case 'COOKING':
      return step('Cooking')
    case 'COURIER_ASSIGNED':
      return step(entry === assigned(order) ? `${courierName(order)} will bring it` : 'A courier took it on')
    case 'COURIER_LEFT':
      return step('The courier can’t come', 'Somebody else is being found.')
    case 'READY':
      return step('Cooked and packed')
    case 'PICKED_UP':
      return step('Picked up')
    case 'DELIVERED':
      return step('Delivered. Enjoy!')
    case 'COMPLETED':
      return told.has('DELIVERED') ? undefined : step('Delivered. Enjoy!')
    case 'PAYMENT_CAPTURED':
      return step(`${amount} charged`, note)
    case 'PAYMENT_RELEASED':
      return step(`${amount} on your card is free again`, note)
    case 'PAYMENT_REFUNDED':
      return step(`${amount} given back`, note)
    case 'PAYMENT_DECLINED':
      return step('Your card was declined', entry.reason_code === 'CARD_DECLINED' ? undefined : note, 'failed')
    case 'DELIVERY_FAILED':
      return step('It could not be delivered', note, 'failed')
    case 'REJECTED':
      // The card's no was told already.
      return told.has('PAYMENT_DECLINED') ? undefined : step(refusals[entry.reason_code ?? '']?.(kitchen) ?? `${kitchen} couldn’t take it`, note, 'failed')
    case 'CANCELLED':
      if (entry.reason_code === 'CUSTOMER_CANCELLED') return step('You cancelled it', undefined, 'failed')
      return told.has('DELIVERY_FAILED') ? undefined : step('We had to call it off', note, 'failed')
    default:
      return undefined
  }
}

const refusals: Record<string, (kitchen: string) => string> = {
  RESTAURANT_SILENT: (kitchen) => `${kitchen} didn’t answer`,
  PAYMENT_UNAVAILABLE: () => 'Your card couldn’t be checked',
}

/** What goes on at a stage, and what comes after it. */
function ahead(stage: OrderStatus, order: Order): { label: string; note?: string | undefined }[] {
  const kitchen = order.restaurant_name || 'the restaurant'
  const [inKitchen, onItsWay, atDoor] = [{ label: 'In the kitchen' }, { label: 'On its way' }, { label: 'At your door' }]
  const courier = order.courier ? undefined : 'A courier is being found.'
  switch (stage) {
    case 'PLACED':
      return [{ label: 'Checking your card' }, { label: `Confirmed by ${kitchen}` }, inKitchen, onItsWay]
    case 'PAYMENT_AUTHORIZED':
      return [{ label: `Waiting for ${kitchen}`, note: order.answer_by ? `They have until ${formatTime(order.answer_by)} to answer.` : undefined }, inKitchen, onItsWay]
    case 'ACCEPTED':
    case 'CONFIRMED':
      return [{ label: 'Next in the kitchen', note: courier }, onItsWay, atDoor]
    case 'COOKING':
      return [{ ...inKitchen, note: courier }, onItsWay, atDoor]
    case 'READY':
      return [{ label: order.courier ? `Waiting for ${courierName(order)}` : 'Waiting for a courier', note: courier }, onItsWay, atDoor]
    case 'PICKED_UP':
      return [{ label: `${courierName(order)} is on the way to you` }, atDoor]
    default:
      return [{ label: statusWords(stage).label }]
  }
}

/** The courier's name at the start of a sentence. */
export const courierName = (order: Order): string => order.courier?.name || 'The courier'

// The entry of the courier who brings it now.
function assigned(order: Order): TimelineEntry | undefined {
  return order.courier?.name ? order.timeline?.findLast(({ status }) => status === 'COURIER_ASSIGNED') : undefined
}
