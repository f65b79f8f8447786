import { describe, expect, test } from 'vitest'
import { Alerts, alertWords } from '../src/board/alerts.ts'
import { cancelled, columns, waiting } from '../src/board/columns.ts'
import { delayed, otherTimes, usual } from '../src/board/times.ts'
import { age, countdown, isUrgent, minutes, timing } from '../src/board/timing.ts'
import { itemsOf, missing, wordsFor } from '../src/board/rejection.ts'
import { after, board, noon, ticket } from './fixtures.ts'

const inSeconds = (seconds: number) => noon + seconds * 1000

describe('a ticket that waits for an answer', () => {
  test.each([
    [0, 'Answer in 5:00', 'neutral'], [149, 'Answer in 2:31', 'neutral'], [150, 'Answer soon: 2:30', 'warning'], [225, 'Answer now: 1:15', 'danger'],
    [299.5, 'Answer now: 0:01', 'danger'], [300, 'Out of time', 'danger'], [4000, 'Out of time', 'danger'],
  ])('after %d s says “%s”', (seconds, text, tone) => expect(timing(ticket('1'), inSeconds(seconds))).toMatchObject({ text, tone }))
  test('goes by its own deadline, however short the city’s time is', () => {
    const short = ticket('1', { answer_by: after(8) })
    expect([isUrgent(short, inSeconds(1)), isUrgent(short, inSeconds(6))]).toEqual([false, true])
  })
  test('without a deadline only waits', () => expect(timing(ticket('1', { answer_by: null as never }), noon).tone).toBe('warning'))
})

describe('a ticket in the kitchen', () => {
  const cooking = ticket('1', { status: 'STARTED', ready_at: after(1200) })
  test.each([[0, 'Due in 20 min', 'neutral'], [1, 'Due in 20 min', 'neutral'], [900, 'Due in 5 min', 'warning'], [1190, 'Due in 1 min', 'warning'], [1200, 'Due now', 'danger'], [1500, '5 min late', 'danger']])('after %d s says “%s”', (seconds, text, tone) =>
    expect(timing(cooking, inSeconds(seconds))).toEqual({ text, tone }))
  test('that is ready gets cold', () => {
    const ready = ticket('1', { status: 'READY', changed_at: after(0) })
    expect([59, 60, 601].map((seconds) => timing(ready, inSeconds(seconds)))).toEqual([{ text: 'Just now', tone: 'positive' }, { text: 'Waits 1 min', tone: 'positive' }, { text: 'Waits 10 min', tone: 'warning' }])
  })
})

test('spans of time in words', () => {
  expect([countdown(-5), countdown(61_000), minutes(59 * 60_000), minutes(65 * 60_000)]).toEqual(['0:00', '1:01', '59 min', '1 h 5 min'])
  expect([-5, 30, 119].map((seconds) => age(ticket('1'), inSeconds(seconds)))).toEqual(['just now', 'just now', '1 min ago'])
})

describe('the columns', () => {
  test('hold each ticket in its state, what is due first on top', () => {
    const late = ticket('B', { status: 'ACCEPTED', ready_at: after(900) })
    const soon = ticket('C', { status: 'ACCEPTED', ready_at: after(600) })
    const all = columns(board(ticket('A'), late, soon, ticket('D', { status: 'READY' }), ticket('E', { status: 'CANCELLED' })))
    expect(all.map(({ title, tickets }) => [title, tickets.length])).toEqual([['New', 1], ['To cook', 2], ['Cooking', 0], ['Ready', 1]])
    expect(all[1]?.tickets).toEqual([soon, late])
    expect(waiting(board(ticket('A'), late))).toBe(1)
  })
  test('leave cancelled tickets where the cook looks for a quarter of an hour', () => {
    const stopped = board(ticket('E', { status: 'CANCELLED' }))
    expect([0, 899, 900].map((seconds) => cancelled(stopped, inSeconds(seconds)).length)).toEqual([1, 1, 0])
  })
})

describe('times to promise', () => {
  test('stand around what is usual', () => {
    expect([usual(25), otherTimes(25)]).toEqual([25, [15, 20, 35, 45]])
    expect([usual(undefined), usual(999), otherTimes(8)]).toEqual([20, 240, [5, 20, 30]])
  })
  test('of a delay start where the last one ended, or now if that has passed', () => {
    expect(delayed(after(600), 10, noon)).toBe(1200)
    expect(delayed(after(-600), 10, noon)).toBe(600)
    expect(delayed(null, 10, noon)).toBe(600)
    expect(delayed(after(4 * 3600), 45, noon)).toBe(4 * 3600)
  })
})

describe('people are called', () => {
  const kinds = (alerts: Alerts, seconds: number, ...tickets: ReturnType<typeof ticket>[]) => alerts.of(board(...tickets), inSeconds(seconds)).map(({ kind }) => kind)

  test('for each new ticket once, and not for those that were there when the page opened', () => {
    const alerts = new Alerts()
    expect(kinds(alerts, 0, ticket('A'))).toEqual([])
    expect(kinds(alerts, 1, ticket('A'), ticket('B'))).toEqual(['new'])
    expect(kinds(alerts, 2, ticket('A'), ticket('B'))).toEqual([])
  })
  test('once more when the time to answer runs out', () => {
    const alerts = new Alerts()
    expect([0, 200, 230, 240].map((seconds) => kinds(alerts, seconds, ticket('A')))).toEqual([[], [], ['urgent'], []])
  })
  test('to stop when one is cancelled that they had taken on', () => {
    const alerts = new Alerts()
    kinds(alerts, 0, ticket('A'), ticket('B', { status: 'STARTED' }))
    expect(kinds(alerts, 1, ticket('A', { status: 'CANCELLED' }), ticket('B', { status: 'CANCELLED' }))).toEqual(['cancelled'])
    expect(kinds(alerts, 2, ticket('B', { status: 'CANCELLED' }))).toEqual([])
  })
  test('after a pause of the line for what came in meanwhile', () => {
    const alerts = new Alerts()
    kinds(alerts, 0)
    expect(kinds(alerts, 100, ticket('A'), ticket('B', { status: 'ACCEPTED' }))).toEqual(['new'])
  })
  test('in words', () => {
    expect(alertWords({ kind: 'new', ticket: ticket('7G2K') })).toBe('New ticket 7G2K: 2 Masala dosa, 1 Lassi.')
    expect(alertWords({ kind: 'cancelled', ticket: ticket('7G2K') })).toMatch(/^Stop/)
  })
})

describe('a rejection', () => {
  test('needs a reason, what is sold out, and words', () => {
    expect(missing('', [], 'x')).toMatch(/why/)
    expect(missing('ITEMS_SOLD_OUT', [], 'x')).toMatch(/sold out/)
    expect(missing('TOO_BUSY', [], ' ')).toMatch(/told/)
    expect(missing('ITEMS_SOLD_OUT', ['DOSA'], 'x')).toBe('')
  })
  test('says what is out', () => expect(wordsFor('ITEMS_SOLD_OUT', ['dosa', 'lassi', 'chai'])).toBe('Sorry, we are out of dosa, lassi and chai.'))
  test('names each item once', () => expect(itemsOf({ lines: [{ item_id: 'A', name: 'a' }, { item_id: 'A', name: 'a' }] })).toEqual([{ item_id: 'A', name: 'a' }]))
})
