import { expect, test } from 'vitest'
import { dayBars, hourBars, hourIn } from '../src/sales/plots.ts'
import { opennessWords, shortCode } from '../src/shared/words.ts'
import { after, noon, sales } from './fixtures.ts'

test('the day is plotted by the restaurant’s own clock, up to this hour', () => {
  const bars = hourBars(sales(), new Date(noon)) // 13:00 in Berlin
  expect(bars.map(({ label }) => label)).toEqual(['8', '9', '10', '11', '12', '13'])
  expect(bars.filter(({ value }) => value)).toMatchObject([{ label: '11', value: 4820, name: '11:00 to 12:00', text: expect.stringMatching(/48[.,]20.*3 orders/) }])
  expect(bars.filter(({ current }) => current).map(({ label }) => label)).toEqual(['13'])
})

test('what was sold in an hour of the evening before this one is not cut off', () => {
  const early = { ...sales(), time_zone: 'UTC' }
  expect(hourBars(early, new Date('2026-11-23T01:00:00Z')).at(-1)?.label).toBe('11')
})

test('the week ends with today', () => {
  const bars = dayBars(sales(), 'en')
  expect(bars.map(({ label }) => label)).toEqual(['Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Mon'])
  expect(bars.at(-1)).toMatchObject({ current: true, name: 'Monday, November 23', value: 4820 })
})

test('an unknown zone is no reason to show nothing', () => expect(hourIn('Mars/Olympus', new Date(noon))).toBe(12))

test.each([
  [{ paused: true, pause_reason: 'no gas' }, 'Paused: no gas', 'warning'],
  [{ open_now: true }, 'Open', 'positive'],
  [{ open_now: true, closes_at: after(-1) }, 'Closed', 'neutral'],
  [{ open_now: false, opens_at: after(-1) }, 'Open', 'positive'],
  [{ open_now: false, closes_at: null as never, opens_at: null as never }, 'Closed', 'neutral'],
  [undefined, 'Closed', 'neutral'],
])('%j is %s', (openness, text, tone) => expect(opennessWords(openness, noon)).toEqual({ text, tone }))

test('a ticket’s code is the end of its id', () => expect([shortCode('01KB2M7G2K'), shortCode(undefined)]).toEqual(['7G2K', '']))
