import { html } from 'lit'
import { expect, test } from 'vitest'
import { scaleEnd, type Bar, type TBars } from '../src/elements/bars.ts'
import '../src/index.ts'
import { inside, show } from './render.ts'

const bar = (label: string, value: number): Bar => ({ label, value, text: `${value} orders` })
const bars = (...values: Bar[]) => show<TBars>(html`<t-bars label="Orders by day" .bars=${values}></t-bars>`, 't-bars')

test.each([[0, 1], [1, 1], [7, 10], [210, 250], [480, 500], [1001, 2000], [0.3, 0.5], [NaN, 1]])('a scale for %d ends at %d', (highest, end) => expect(scaleEnd(highest)).toBeCloseTo(end))

test('a bar is as high as its value on the scale, and none is drawn for nothing', async () => {
  const element = await bars(bar('Mon', 50), bar('Tue', 0), bar('Wed', 25))
  const drawn = [...(element.shadowRoot?.querySelectorAll('rect:not(.place)') ?? [])].map((rect) => rect.getAttribute('height'))
  expect(drawn).toEqual(['100%', '50%'])
})

test('the same is there in words and as a table', async () => {
  const element = await bars(bar('Mon', 5), bar('Tue', 9))
  expect(inside(element, 'svg').getAttribute('aria-label')).toBe('Orders by day. Most: Tue, 9 orders.')
  expect([...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent)).toEqual(['Mon5 orders', 'Tue9 orders'])
})

test('nothing at all is said to be nothing', async () => {
  expect(inside(await bars(bar('Mon', 0)), 'svg').getAttribute('aria-label')).toBe('Orders by day. Nothing yet.')
})

test('many bars have few labels', async () => {
  const element = await bars(...Array.from({ length: 24 }, (_, hour) => bar(String(hour), hour)))
  expect([...(element.shadowRoot?.querySelectorAll('.labels span') ?? [])].map((label) => label.textContent).filter(Boolean)).toEqual(['0', '4', '8', '12', '16', '20'])
})
