// When an order is expected, in words: never more exact than what is known.
import { formatTime } from '@tiffin/kit/client'
import type { Order } from '../shared/api.ts'
import { courierName, isOver, stageOf } from './status.ts'

export interface Expected {
  /** "12:25 – 12:40" */
  span: string
  note: string
  late: boolean
}

// From here on a span of clock times says less than words.
const moment = 3 * 60_000
// A place that is older says where the courier was, not where the courier is.
const fresh = 2 * 60_000

/** What to say of the arrival; undefined once there is nothing to expect. */
export function expected(order: Order, now = Date.now()): Expected | undefined {
  const { arrival } = order
  if (!arrival?.latest) {
    if (isOver(stageOf(order))) return undefined
    return { span: 'No estimate yet', note: `It comes with ${order.restaurant_name || 'the restaurant'}’s answer.`, late: false }
  }
  const [earliest, latest] = [formatTime(arrival.earliest), formatTime(arrival.latest)]
  const span = Date.parse(arrival.latest) - now < moment ? 'Any moment now' : earliest === latest ? `About ${latest}` : `${earliest} – ${latest}`
  const late = arrival.late === true
  return { span, late, note: late ? `That is later than the ${formatTime(arrival.promised)} we expected. Sorry!` : '' }
}

const vehicles: Partial<Record<string, string>> = { BICYCLE: 'by bicycle', SCOOTER: 'by scooter', CAR: 'by car' }

/** Who brings it and how, and honestly whether that person is where the map shows it. */
export function courierWords(order: Order, now = Date.now()): string {
  const { courier } = order
  if (!courier) return ''
  const by = vehicles[courier.vehicle ?? ''] ?? ''
  const where = stageOf(order) === 'PICKED_UP' ? 'brings it to you' : `is on the way to ${order.restaurant_name || 'the restaurant'}`
  const seen = courier.located_at ? now - Date.parse(courier.located_at) : Infinity
  const lost = courier.location && seen <= fresh ? '' : courier.location ? ` The map shows where ${courierName(order)} was at ${formatTime(courier.located_at)}.` : ` We can’t see where ${courierName(order)} is right now.`
  return `${courierName(order)} ${where}${by ? ` ${by}` : ''}.${lost}`
}
