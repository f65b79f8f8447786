// What became of the money of an order, in words.
import { formatMoney, isZero, minorUnits } from '@tiffin/kit/client'
import type { Order } from '../shared/api.ts'

export interface Paid {
  text: string
  why: string
}

/** What was reserved, taken or given back, and why; undefined where nothing is known. */
export function paid({ payment }: Order): Paid | undefined {
  const { state, authorized, charged, refunded, reason = '' } = payment ?? {}
  const [all, taken] = [formatMoney(authorized), formatMoney(charged)]
  switch (state) {
    case 'PENDING':
      return { text: 'Your card is being checked. Nothing is charged before the food has arrived.', why: '' }
    case 'AUTHORIZED':
      return { text: `${all} is reserved on your card. It is charged when the food has arrived.`, why: reason }
    case 'CAPTURED':
      return { text: minorUnits(charged) < minorUnits(authorized) ? `${taken} was charged. The rest of the ${all} that was reserved is free again.` : `${taken} was charged to your card.`, why: reason }
    case 'REFUNDED':
      return { text: `${formatMoney(refunded)} of the ${taken} that was charged was given back.`, why: reason }
    case 'DECLINED':
      return { text: 'Nothing was charged.', why: reason }
    case 'RELEASED':
      return { text: isZero(authorized) ? 'Nothing was charged.' : `Nothing was charged. The ${all} that was reserved is free again.`, why: reason }
    case 'UNSETTLED':
      return { text: 'Something went wrong with your card.', why: reason }
    default:
      return undefined
  }
}

/** What the customer is told before calling an order off. */
export function cancelling(order: Order): { text: string; yes: string } {
  const kitchen = order.restaurant_name || 'The restaurant'
  if (isZero(order.cancellation_charge)) return { text: `${kitchen} has not started to cook, so cancelling is free: you won’t be charged.`, yes: 'Yes, cancel it' }
  const cost = formatMoney(order.cancellation_charge)
  return { text: `${kitchen} is cooking already. If you cancel now you pay ${cost} for the food; delivery and tip are not charged.`, yes: `Cancel and pay ${cost}` }
}
