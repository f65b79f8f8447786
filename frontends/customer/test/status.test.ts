import { describe, expect, test } from 'vitest'
import { formatTime, Problem } from '@tiffin/kit/client'
import { attemptAnswered, isRefusal, orderIdFor } from '../src/checkout/attempt.ts'
import { courierWords, expected } from '../src/orders/arrival.ts'
import { cancelling, paid } from '../src/orders/money.ts'
import { isOver, stageOf, statusWords, steps, stepsDone, stepsInAll } from '../src/orders/status.ts'
import type { Order, OrderStatus, TimelineEntry } from '../src/shared/api.ts'

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })
const minute = (n: number) => `2026-01-01T12:${String(n).padStart(2, '0')}:00Z`
const told = (...statuses: (OrderStatus | TimelineEntry)[]): TimelineEntry[] => statuses.map((status, n) => (typeof status === 'string' ? { status, time: minute(n) } : { time: minute(n), ...status }))
const order = (change: Order): Order => ({ restaurant_name: 'Umi', placed_at: minute(0), ...change })
const begun = ['PLACED', { status: 'PAYMENT_AUTHORIZED', amount: eur('2759') }, { status: 'ACCEPTED', ready_at: minute(20) }, 'CONFIRMED'] as const
const at = (stage: OrderStatus, change: Order = {}, ...more: (OrderStatus | TimelineEntry)[]) => order({ status: 'CONFIRMED', stage, ready_at: minute(20), timeline: told(...begun, ...more), ...change })
const states = (of: Order) => steps(of).map((step) => step.state)
const labels = (of: Order) => steps(of).map((step) => step.label)
const ben = { name: 'Ben', vehicle: 'BICYCLE' as const }

describe('the way of an order', () => {
  test('begins with the card', () => expect(labels(order({ status: 'PLACED', stage: 'PLACED', timeline: told('PLACED') }))).toEqual(['Order placed', 'Checking your card', 'Confirmed by Umi', 'In the kitchen', 'On its way']))
  test('waits for the restaurant, and says until when', () => {
    const waiting = order({ status: 'PLACED', stage: 'PAYMENT_AUTHORIZED', answer_by: minute(6), timeline: told('PLACED', begun[1]) })
    expect(states(waiting)).toEqual(['done', 'done', 'current', 'upcoming', 'upcoming'])
    expect(labels(waiting)[1]).toMatch(/27[.,]59.*reserved on your card/)
    expect(steps(waiting)[2]?.note).toContain(formatTime(minute(6)))
  })
  test('tells the restaurant’s yes once, and when it will be ready', () => {
    expect(labels(at('ACCEPTED')).slice(2)).toEqual(['Confirmed by Umi', 'Next in the kitchen', 'On its way', 'At your door'])
    expect(steps(at('ACCEPTED'))[2]?.note).toContain(formatTime(minute(20)))
    expect(steps(at('ACCEPTED'))[3]?.note).toBe('A courier is being found.')
  })
  test('names the courier who brings it, and none who left', () => {
    expect(labels(at('COOKING', { courier: ben }, 'COURIER_ASSIGNED', 'COURIER_LEFT', 'COURIER_ASSIGNED', 'COOKING')).slice(3, 7)).toEqual(['A courier took it on', 'The courier can’t come', 'Ben will bring it', 'In the kitchen'])
    expect(labels(at('PICKED_UP', { courier: ben }, 'COURIER_ASSIGNED', 'COOKING', 'READY', 'PICKED_UP')).slice(-2)).toEqual(['Ben is on the way to you', 'At your door'])
    expect(steps(at('COOKING', {}, 'COOKING')).find((step) => step.state === 'current')?.note).toBe('A courier is being found.')
    expect(labels(at('READY', {}, 'COOKING', 'READY'))).toContain('Waiting for a courier')
  })
  test('ends at the door, and with the money', () => {
    const over = at('COMPLETED', { status: 'COMPLETED' }, 'COOKING', 'READY', 'PICKED_UP', 'DELIVERED', { status: 'PAYMENT_CAPTURED', amount: eur('2759') }, 'COMPLETED')
    expect(labels(over).slice(-2)).toEqual(['Delivered. Enjoy!', expect.stringMatching(/27[.,]59.*charged/)])
    expect(stepsDone(over)).toBe(stepsInAll)
  })
  test.each<[string, Order, string, string | undefined]>([
    ['a declined card', order({ status: 'REJECTED', stage: 'PAYMENT_DECLINED', timeline: told('PLACED', { status: 'PAYMENT_DECLINED', note: 'The card has expired' }, { status: 'REJECTED', reason_code: 'PAYMENT_DECLINED', note: 'The card has expired' }) }), 'Your card was declined', 'The card has expired'],
    ['a restaurant’s no', order({ status: 'REJECTED', stage: 'REJECTED', timeline: told('PLACED', { status: 'REJECTED', reason_code: 'ITEMS_SOLD_OUT', note: 'Out of rice' }) }), 'Umi couldn’t take it', 'Out of rice'],
    ['a restaurant’s silence', order({ status: 'REJECTED', stage: 'REJECTED', timeline: told('PLACED', { status: 'REJECTED', reason_code: 'RESTAURANT_SILENT', note: 'No answer' }) }), 'Umi didn’t answer', 'No answer'],
    ['the customer', at('CANCELLED', { status: 'CANCELLED' }, { status: 'CANCELLED', reason_code: 'CUSTOMER_CANCELLED', note: 'The customer changed their mind' }), 'You cancelled it', undefined],
    ['the house', at('CANCELLED', { status: 'CANCELLED' }, { status: 'CANCELLED', reason_code: 'KITCHEN_OVERDUE', note: 'Too late' }), 'We had to call it off', 'Too late'],
    ['a lack of couriers, told once', at('DELIVERY_FAILED', { status: 'CANCELLED' }, { status: 'DELIVERY_FAILED', note: 'Nobody took it' }, { status: 'CANCELLED', reason_code: 'NO_COURIER', note: 'Nobody took it' }), 'It could not be delivered', 'Nobody took it'],
  ])('stops by %s, and says why', (_, of, label, note) => {
    expect(steps(of).filter((step) => step.state === 'failed').map((step) => [step.label, step.note])).toEqual([[label, note]])
    expect(states(of)).not.toContain('current')
    expect(stepsDone(of)).toBeLessThan(stepsInAll)
  })
  test('is told by the status where a server knows no stages', () => {
    const old = order({ status: 'CONFIRMED', timeline: told('PLACED', 'CONFIRMED') })
    expect([stageOf(old), states(old)]).toEqual(['CONFIRMED', ['done', 'done', 'current', 'upcoming', 'upcoming']])
  })
  test('leaves out what it has no words for', () => expect([statusWords('LATER' as never).label, labels(order({ status: 'PLACED', stage: 'PLACED', timeline: told('PLACED', 'LATER' as never) }))[1]]).toEqual(['On record', 'Checking your card']))
  test('is over or not', () => expect((['PLACED', 'PICKED_UP', 'DELIVERED', 'COMPLETED', 'REJECTED', 'PAYMENT_DECLINED'] as const).map(isOver)).toEqual([false, false, true, true, true, true]))
})

describe('the arrival', () => {
  const now = Date.parse(minute(0))
  const arriving = (earliest: number, latest: number, late = false) => at('COOKING', { arrival: { earliest: minute(earliest), latest: minute(latest), promised: minute(30), late } })
  test('is a span of time', () => expect(expected(arriving(25, 40), now)?.span).toBe(`${formatTime(minute(25))} – ${formatTime(minute(40))}`))
  test('is one time where the span has one', () => expect(expected(arriving(25, 25), now)?.span).toBe(`About ${formatTime(minute(25))}`))
  test('is any moment when it is near', () => expect(expected(arriving(1, 2), now)?.span).toBe('Any moment now'))
  test('is said to be late when it is', () => {
    expect(expected(arriving(25, 40), now)?.note).toBe('')
    expect(expected(arriving(50, 55, true), now)).toMatchObject({ late: true, note: expect.stringContaining(`later than the ${formatTime(minute(30))}`) })
  })
  test('is not made up before anybody can know', () => expect(expected(order({ stage: 'PAYMENT_AUTHORIZED' }), now)).toMatchObject({ span: 'No estimate yet', note: 'It comes with Umi’s answer.' }))
  test('is nobody’s question any more once it is over', () => expect(expected(at('DELIVERED'), now)).toBeUndefined())
  test('says who brings it, and whether the map knows where', () => {
    const place = { location: { latitude: 52, longitude: 13 }, located_at: minute(0) }
    expect(courierWords(at('COOKING', { courier: { ...ben, ...place } }), now)).toBe('Ben is on the way to Umi by bicycle.')
    expect(courierWords(at('PICKED_UP', { courier: { ...ben, ...place } }), now + 600_000)).toContain(`where Ben was at ${formatTime(minute(0))}`)
    expect(courierWords(at('PICKED_UP', { courier: ben }), now)).toBe('Ben brings it to you by bicycle. We can’t see where Ben is right now.')
  })
})

describe('the money', () => {
  const money = (payment: Order['payment']) => Object.values(paid({ payment }) ?? {}).join(' ')
  test('is only reserved at first', () => expect(money({ state: 'AUTHORIZED', authorized: eur('2759') })).toMatch(/27[.,]59 is reserved/))
  test('is taken in full', () => expect(money({ state: 'CAPTURED', authorized: eur('2759'), charged: eur('2759') })).toMatch(/27[.,]59 was charged to your card/))
  test('is taken in part, and says why', () => expect(money({ state: 'CAPTURED', authorized: eur('2759'), charged: eur('2000'), reason: 'You cancelled.' })).toMatch(/20[.,]00 was charged\. The rest .* free again\. You cancelled\./))
  test('is free again, and says why', () => expect(money({ state: 'RELEASED', authorized: eur('2759'), charged: eur('0'), reason: 'Nobody came.' })).toMatch(/Nothing was charged\..*free again\. Nobody came\./))
  test('was never there', () => expect(money({ state: 'RELEASED', charged: eur('0') })).toBe('Nothing was charged. '))
  test('is given back, and says why', () => expect(money({ state: 'REFUNDED', charged: eur('2759'), refunded: eur('200'), reason: 'Cold soup.' })).toMatch(/2[.,]00 of the .*27[.,]59 .* given back\. Cold soup\./))
  test('of a cancellation is told before', () => {
    expect(cancelling(at('ACCEPTED', { cancellation_charge: eur('0') }))).toMatchObject({ text: expect.stringContaining('free'), yes: 'Yes, cancel it' })
    expect(cancelling(at('COOKING', { cancellation_charge: eur('2000') }))).toMatchObject({ text: expect.stringMatching(/you pay .*20[.,]00 for the food/), yes: expect.stringMatching(/^Cancel and pay .*20[.,]00/) })
  })
})

describe('placing an order twice', () => {
  const ids = () => { let next = 0; return () => `id${++next}` }

  test('is one order while nobody answered', () => {
    localStorage.clear()
    const make = ids()
    expect([orderIdFor('a', localStorage, 1, make), orderIdFor('a', localStorage, 2, make)]).toEqual(['id1', 'id1'])
  })
  test('is another one when it holds something else, is answered, or is too old', () => {
    localStorage.clear()
    const make = ids()
    expect([orderIdFor('a', localStorage, 1, make), orderIdFor('b', localStorage, 2, make)]).toEqual(['id1', 'id2'])
    attemptAnswered(localStorage)
    expect(orderIdFor('b', localStorage, 3, make)).toBe('id3')
    expect(orderIdFor('b', localStorage, 86_400_000, make)).toBe('id4')
  })
  test.each([[409, true], [400, true], [403, true], [401, false], [429, false], [503, false], [0, false]])('status %s is a no: %s', (status, no) =>
    expect(isRefusal(new Problem({ status }))).toBe(no))
})
