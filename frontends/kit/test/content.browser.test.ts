import { html } from 'lit'
import { describe, expect, test } from 'vitest'
import { announce, Problem, TDish, TMap, TMoney, TProblem, TStack, TTimeline, toast } from '../src/index.ts'
import { inside, once, show } from './render.ts'

test('money is shown as text', async () => {
  const element = await show<TMoney>(html`<t-money .amount=${{ currency_code: 'EUR', minor_units: '1140' }}></t-money>`, 't-money')
  expect(element.shadowRoot?.textContent).toMatch(/11[.,]40/)
})

describe('a dish', () => {
  test('without its picture is an empty plate, and a new name is a new try', async () => {
    const dish = await show<TDish>(html`<t-dish name="no-such-dish"></t-dish>`, 't-dish')
    await once(inside(dish, 'img'), 'error')
    await dish.updateComplete
    expect(dish.shadowRoot?.querySelector('img')).toBeNull()
    dish.name = 'pizza'
    await dish.updateComplete
    expect(inside<HTMLImageElement>(dish, 'img').src).toMatch(/\/mfe\/kit\/dishes-[\w-]{8}\/pizza\.svg$/)
  })
})

describe('a problem', () => {
  test('shows words, violations, and what support needs', async () => {
    const problem = new Problem({ status: 409, code: 'TOTAL_CHANGED', detail: 'Prices changed.', violations: [{ field: 'x', description: 'It is 12 now.' }], trace_id: 'abc' })
    const element = await show<TProblem>(html`<t-problem retry .problem=${problem}></t-problem>`, 't-problem')
    const text = element.shadowRoot?.textContent ?? ''
    for (const part of ['Prices changed.', 'It is 12 now.', 'TOTAL_CHANGED', 'abc']) expect(text).toContain(part)
    const again = once(element, 't-retry')
    inside(element, 't-button').click()
    await again
  })

  test('without a problem is nothing', async () => {
    const element = await show<TProblem>(html`<t-problem></t-problem>`, 't-problem')
    expect(element.shadowRoot?.textContent?.trim()).toBe('')
  })
})

describe('a map', () => {
  const home = { kind: 'home' as const, latitude: 52.51, longitude: 13.4, label: 'Home' }
  const kitchen = { kind: 'restaurant' as const, latitude: 52.52, longitude: 13.41, label: 'Umi' }

  test('draws streets, its markers within it, and the way between', async () => {
    const map = await show<TMap>(html`<t-map route .markers=${[home, kitchen]}></t-map>`, 't-map')
    await expect.poll(() => map.shadowRoot?.querySelectorAll('.marker').length).toBe(2)
    expect(inside(map, '.street').getAttribute('d')?.length).toBeGreaterThan(500)
    expect(map.shadowRoot?.querySelectorAll('.way')).toHaveLength(2)
    expect(inside(map, 'svg').getAttribute('aria-label')).toBe('Map: Home, Umi')
    const frame = map.getBoundingClientRect()
    for (const pin of map.shadowRoot!.querySelectorAll('.pin')) {
      const { left, right, top, bottom } = pin.getBoundingClientRect()
      expect(left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom).toBe(true)
    }
  })

  test('stays where it is when the courier moves', async () => {
    const courier = (latitude: number) => ({ kind: 'courier' as const, latitude, longitude: 13.405 })
    const map = await show<TMap>(html`<t-map .markers=${[home, kitchen, courier(52.512)]}></t-map>`, 't-map')
    await expect.poll(() => map.shadowRoot?.querySelectorAll('.marker').length).toBe(3)
    const before = inside(map, 'g').getAttribute('transform')
    const place = () => (inside(map, '.courier') as HTMLElement).style.transform
    const was = place()
    map.markers = [home, kitchen, courier(52.518)]
    await map.updateComplete
    expect(inside(map, 'g').getAttribute('transform')).toBe(before)
    expect(place()).not.toBe(was)
  })

  test('makes room for a courier who is not yet near', async () => {
    const courier = { kind: 'courier' as const, latitude: 52.49, longitude: 13.38 }
    const map = await show<TMap>(html`<t-map .markers=${[home, kitchen, courier]}></t-map>`, 't-map')
    await expect.poll(() => map.shadowRoot?.querySelectorAll('.marker').length).toBe(3)
    const frame = map.getBoundingClientRect()
    const { left, right, top, bottom } = inside(map, '.courier .pin').getBoundingClientRect()
    expect(left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom).toBe(true)
  })

  test('keeps long names within it', async () => {
    const map = await show<TMap>(html`<t-map .markers=${[{ ...home, longitude: 13.3, label: '12 Long Lake Road, by the water' }, { ...kitchen, label: 'Dal & Daughters of the East' }]}></t-map>`, 't-map')
    await expect.poll(() => map.shadowRoot?.querySelectorAll('.name').length).toBe(2)
    const frame = map.getBoundingClientRect()
    for (const name of map.shadowRoot!.querySelectorAll('.name')) {
      const { left, right } = name.getBoundingClientRect()
      expect(left >= frame.left && right <= frame.right).toBe(true)
    }
  })

  test('without places is an empty ground, also when a place is none', async () => {
    const map = await show<TMap>(html`<t-map .markers=${[{ ...home, latitude: NaN }]}></t-map>`, 't-map')
    await new Promise(requestAnimationFrame)
    expect(map.shadowRoot?.querySelector('svg')).toBeNull()
  })
})

test('a timeline says in words how far it is', async () => {
  const element = await show<TTimeline>(html`<t-timeline .steps=${[{ label: 'Placed', state: 'done' as const }, { label: 'Cooking', state: 'current' as const }]}></t-timeline>`, 't-timeline')
  expect(inside(element, '[aria-current=step]').textContent).toContain('Cooking')
  expect(inside(element, 'li').textContent).toContain('(done)')
})

test('a stack has a tier for every step and a lid at the end', async () => {
  const stack = await show<TStack>(html`<t-stack steps="4" done="2"></t-stack>`, 't-stack')
  expect(stack.shadowRoot?.querySelectorAll('.tier')).toHaveLength(4)
  expect(stack.shadowRoot?.querySelectorAll('.tier.done')).toHaveLength(2)
  expect(stack.shadowRoot?.querySelector('.lid.on')).toBeNull()
  stack.done = 4
  await stack.updateComplete
  expect(stack.shadowRoot?.querySelector('.lid.on')).not.toBeNull()
})

describe('messages', () => {
  test('are read out', async () => {
    announce('Order placed')
    await expect.poll(() => document.querySelector('t-announcer[aria-live=polite]')?.textContent).toBe('Order placed')
  })

  test('can be acted on, and then go', async () => {
    let undone = 0
    toast('Added', { action: { label: 'Undo', run: () => undone++ } })
    const toaster = () => document.querySelector('t-toaster')!.shadowRoot!
    await expect.poll(() => toaster().querySelector('.action')).not.toBeNull()
    toaster().querySelector<HTMLElement>('.action')?.click()
    await expect.poll(() => toaster().querySelectorAll('.toast').length).toBe(0)
    expect(undone).toBe(1)
  })
})
