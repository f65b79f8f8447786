import { describe, expect, test } from 'vitest'
import { barsOf, today, weeksLater, weekWords } from '../src/earnings/week.ts'

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })
const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'].map((date) => ({ date }))
const earnings = { total: eur('1350'), delivered: 3, days: days.map((day, index) => (index === 1 ? { ...day, earned: eur('1350'), delivered: 3 } : day)) }

describe('a week', () => {
  test('has a bar for each day, with what it earned in words', () => {
    const bars = barsOf(earnings, '2026-11-24', 'en')
    expect(bars.map((bar) => [bar.label, bar.value])).toEqual([['Mon', 0], ['Tue', 1350], ['Wed', 0], ['Thu', 0], ['Fri', 0], ['Sat', 0], ['Sun', 0]])
    expect(bars[1]).toMatchObject({ name: 'Tuesday, November 24', text: '€13.50, 3 deliveries', current: true })
    expect(bars[0]).toMatchObject({ text: 'Nothing', current: false })
  })

  test('a delivery that earned nothing counts', () => {
    expect(barsOf({ ...earnings, days: [{ date: '2026-11-23', delivered: 1 }] }, '', 'en')[0]?.text).toBe('€0.00, 1 delivery')
  })

  test('is named by its first and last day', () => expect(weekWords(days, 'en').replaceAll('\u2009', ' ')).toBe('Nov 23 – 29'))
  test('of nothing has no name', () => expect(weekWords([])).toBe(''))
  test('has others before and after it, whatever the clocks do', () => {
    expect([weeksLater('2026-03-30', -1), weeksLater('2026-10-26', 1), weeksLater('2026-01-01', 0)]).toEqual(['2026-03-23', '2026-11-02', '2026-01-01'])
  })
  test('today is the day that it is here, also shortly after midnight', () => expect(today(new Date(2026, 10, 24, 0, 1))).toBe('2026-11-24'))
})
