import { describe, expect, test } from 'vitest'
import { Problem } from '@tiffin/kit/client'
import { attemptAnswered, isRefusal, orderIdFor } from '../src/checkout/attempt.ts'
import { isOver, statusWords, steps, stepsDone } from '../src/orders/status.ts'
import type { Order } from '../src/shared/api.ts'

const order = (change: Order): Order => ({ restaurant_name: 'Umi', placed_at: '2026-01-01T12:00:00Z', timeline: [{ status: 'PLACED', time: '2026-01-01T12:00:00Z' }], ...change })
const confirmed = { status: 'CONFIRMED' as const, time: '2026-01-01T12:02:00Z' }
const states = (of: Order) => steps(of).map((step) => step.state)

describe('the way of an order', () => {
  test('waits for the restaurant', () => expect(states(order({ status: 'PLACED' }))).toEqual(['done', 'current', 'upcoming']))
  test('is not in the kitchen while it can still be called off', () => {
    const current = (cancellable: boolean) => steps(order({ status: 'CONFIRMED', cancellable, timeline: [{ status: 'PLACED' }, confirmed] })).at(-1)?.label
    expect([current(true), current(false)]).toEqual(['Next in the kitchen', 'In the kitchen'])
  })
  test('is in the kitchen once it is confirmed', () => {
    const now = order({ status: 'CONFIRMED', preparation_minutes: 20, timeline: [{ status: 'PLACED' }, confirmed] })
    expect(states(now)).toEqual(['done', 'done', 'current'])
    expect(steps(now)[1]?.time).toBe(confirmed.time)
    expect(steps(now)[2]?.note).toContain('20 minutes')
  })
  test('ends complete', () => expect(stepsDone(order({ status: 'COMPLETED' }))).toBe(3))
  test('stops where it failed, with the reason', () => {
    expect(states(order({ status: 'REJECTED', reason: 'Out of rice' }))).toEqual(['done', 'failed'])
    expect(steps(order({ status: 'REJECTED', reason: 'Out of rice' })).at(-1)?.note).toBe('Out of rice')
    expect(states(order({ status: 'CANCELLED', timeline: [{ status: 'PLACED' }, confirmed] }))).toEqual(['done', 'done', 'failed'])
  })
  test('has words for a status of a newer server', () => expect(statusWords('LATER' as never).label).toBe('On record'))
  test('is over or not', () => expect((['PLACED', 'CONFIRMED', 'COMPLETED', 'REJECTED', 'CANCELLED'] as const).map(isOver)).toEqual([false, false, true, true, true]))
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
