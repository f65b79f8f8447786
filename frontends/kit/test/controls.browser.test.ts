import { html } from 'lit'
import { userEvent } from 'vitest/browser'
import { describe, expect, test } from 'vitest'
import { TButton, TChip, TSearch, TSheet, TStepper } from '../src/index.ts'
import { inside, once, show } from './render.ts'

describe('a button', () => {
  test('of type submit submits the form that it is in', async () => {
    const form = await show<HTMLFormElement>(html`<form><input name="a" value="1" /><t-button type="submit">Go</t-button></form>`, 'form')
    const sent = once(form, 'submit')
    form.addEventListener('submit', (event) => event.preventDefault())
    await userEvent.click(form.querySelector('t-button') as TButton)
    await sent
  })

  test('that is disabled or loading can’t be pressed', async () => {
    let presses = 0
    const button = await show<TButton>(html`<t-button loading @click=${() => presses++}>Go</t-button>`, 't-button')
    inside(button, 'button').click()
    button.loading = false
    button.disabled = true
    await button.updateComplete
    inside(button, 'button').click()
    expect(presses).toBe(0)
    button.disabled = false
    await button.updateComplete
    inside(button, 'button').click()
    expect(presses).toBe(1)
  })

  test('with an address is a link', async () => {
    const button = await show<TButton>(html`<t-button href="/orders">Orders</t-button>`, 't-button')
    expect(inside(button, 'a').getAttribute('href')).toBe('/orders')
  })
})

describe('a stepper', () => {
  test('stays within its bounds and says what it became', async () => {
    const stepper = await show<TStepper>(html`<t-stepper value="1" max="2" label="dosa"></t-stepper>`, 't-stepper')
    const [less, more] = stepper.shadowRoot!.querySelectorAll('button')
    expect(less!.disabled).toBe(true)
    const changed = once<{ value: number }>(stepper, 't-change')
    more!.click()
    expect((await changed).detail.value).toBe(2)
    await stepper.updateComplete
    expect(more!.disabled).toBe(true)
  })

  test('that removes goes to nothing', async () => {
    const stepper = await show<TStepper>(html`<t-stepper value="1" removable label="dosa"></t-stepper>`, 't-stepper')
    const changed = once<{ value: number }>(stepper, 't-change')
    inside(stepper, '[aria-label="Remove dosa"]').click()
    expect((await changed).detail.value).toBe(0)
  })
})

test('a chip says whether it is on', async () => {
  const chip = await show<TChip>(html`<t-chip selected>Vegan</t-chip>`, 't-chip')
  expect(inside(chip, 'button').getAttribute('aria-pressed')).toBe('true')
})

describe('a search', () => {
  test('fires once after typing, at once on Enter, and on clear', async () => {
    const search = await show<TSearch>(html`<t-search delay="60000" label="Find"></t-search>`, 't-search')
    const values: string[] = []
    search.addEventListener('t-search', (event) => values.push((event as CustomEvent<{ value: string }>).detail.value))
    await userEvent.type(inside(search, 'input'), 'dosa')
    expect(values).toEqual([])
    await userEvent.keyboard('{Enter}{Enter}')
    expect(values).toEqual(['dosa'])
    inside(search, 't-button').click()
    expect(values).toEqual(['dosa', ''])
  })

  test('waits for a pause in the typing', async () => {
    const search = await show<TSearch>(html`<t-search delay="30" label="Find"></t-search>`, 't-search')
    const fired = once<{ value: string }>(search, 't-search')
    await userEvent.type(inside(search, 'input'), 'do')
    expect((await fired).detail.value).not.toBe('')
  })
})

describe('a sheet', () => {
  const sheet = () => show<TSheet>(html`<t-sheet heading="Dosa"><button id="in">In</button></t-sheet>`, 't-sheet')

  test('opens as a modal and closes on Escape', async () => {
    const element = await sheet()
    element.open = true
    await element.updateComplete
    const dialog = inside<HTMLDialogElement>(element, 'dialog')
    expect(dialog.matches(':modal')).toBe(true)
    const closed = once(element, 't-close')
    await userEvent.keyboard('{Escape}')
    await closed
    expect(element.open).toBe(false)
  })

  test('closes on a press beside it, not on one inside', async () => {
    const element = await sheet()
    element.open = true
    await element.updateComplete
    const dialog = inside<HTMLDialogElement>(element, 'dialog')
    element.querySelector<HTMLElement>('#in')?.click()
    expect(dialog.open).toBe(true)
    dialog.click()
    expect(dialog.open).toBe(false)
  })

  test('that is closed from outside fires nothing', async () => {
    const element = await sheet()
    let closes = 0
    element.addEventListener('t-close', () => closes++)
    element.open = true
    await element.updateComplete
    element.open = false
    await element.updateComplete
    await expect.poll(() => inside<HTMLDialogElement>(element, 'dialog').open).toBe(false)
    await new Promise(requestAnimationFrame)
    expect(closes).toBe(0)
  })
})
