// What a restaurant does all day, in a browser, against the whole system: take tickets on, cook, say no, pause, keep the menu.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { inspect, shots } from './look.mjs'
import { heading, signIn } from './order.mjs'
import { cancel, place, someone } from './rest.mjs'
import { json, somethingToOrder, start } from './system.mjs'
import { eventually } from './windows.mjs'

const patience = 30_000
let system, browser

before(async () => {
  await mkdir(shots, { recursive: true })
  system = await start()
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await system?.stop()
})

for (const { size, ...viewport } of [{ size: 'wide', width: 1280, height: 900 }, { size: 'narrow', width: 390, height: 844 }]) {
  test(`a restaurant cooks, says no and keeps its menu on a ${size} screen`, async () => {
    const choice = await somethingToOrder(system)
    const customer = await someone(system, 'customer')
    const owner = await someone(system, 'restaurant', (persona) => persona.restaurant_id === choice.id)
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      const broken = []
      const violations = []
      page.on('pageerror', (error) => broken.push(String(error)))
      const look = async (name) => violations.push(...(await inspect(page, `${size}-kitchen-${name}`)))
      // On a narrow screen one state is shown at a time.
      const at = async (state) => size === 'narrow' && page.getByRole('tab', { name: new RegExp(`^${state}`) }).click()
      const ticket = (id) => page.locator('restaurant-ticket').filter({ has: page.getByRole('heading', { name: `Ticket ${id.slice(-4)}` }) })

      await page.goto(system.url)
      await signIn(page, owner.name)
      await page.getByRole('link', { name: 'Tickets' }).click()
      await heading(page, 'Tickets')
      await page.evaluate(() => (window.__noReload = true))
      await page.getByRole('button', { name: 'Sound off' }).click()
      await page.getByRole('button', { name: 'Sound on' }).waitFor()

      const [cooked, stopped, refused] = [await place(system, customer, choice), await place(system, customer, choice), await place(system, customer, choice)]
      for (const id of [cooked, stopped, refused]) await ticket(id).waitFor()
      assert.equal(await page.title(), '(3) Tickets · Tiffin')
      await look('1-new')

      for (const id of [cooked, stopped]) await ticket(id).getByRole('button', { name: /^Accept · / }).click()
      await at('To cook')
      await ticket(cooked).getByRole('button', { name: 'Start cooking' }).click()
      await ticket(stopped).getByRole('button', { name: 'Start cooking' }).click()
      await at('Cooking')
      await ticket(stopped).getByRole('button', { name: 'Delay…' }).click()
      await page.getByText('Ready at').waitFor()
      await page.getByRole('button', { name: 'Say that it takes longer' }).click()
      await ticket(cooked).getByRole('button', { name: 'It’s ready' }).click()
      await cancel(system, customer, stopped)
      await page.getByRole('heading', { name: `Stop cooking ${stopped.slice(-4)}` }).waitFor()
      await at('Ready')
      await ticket(cooked).getByRole('button', { name: 'Handed over' }).waitFor()
      await look('2-board')
      await ticket(cooked).getByRole('button', { name: 'Handed over' }).click()
      await ticket(cooked).waitFor({ state: 'detached' })

      await at('New')
      await ticket(refused).getByRole('button', { name: 'Reject…' }).click()
      await page.getByLabel('Too busy').click()
      await look('3-reject')
      await page.getByRole('button', { name: 'Reject it' }).click()
      await ticket(refused).waitFor({ state: 'detached' })

      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByRole('button', { name: 'A short break' }).click()
      await page.getByRole('button', { name: 'Stop taking orders' }).click()
      await page.getByText('Paused: A short break').waitFor()
      await page.getByRole('button', { name: 'Take orders again' }).click()
      await page.getByRole('button', { name: 'Pause' }).waitFor()

      await page.getByRole('link', { name: 'Menu' }).click()
      await heading(page, 'Menu')
      await page.getByRole('button', { name: `Change ${choice.item}`, exact: true }).click()
      await page.getByLabel('Price in').fill('12.34')
      await look('4-item')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('is on the menu as you wrote it').first().waitFor()
      await page.getByRole('button', { name: `Mark sold out: ${choice.item}` }).click()
      await page.getByRole('button', { name: `It’s back: ${choice.item}` }).waitFor()
      await look('5-menu')
      await eventually(async () => {
        const { sections } = await json(`${system.url}/api/customer/v1/restaurants/${choice.id}?latitude=52.52&longitude=13.405`)
        const offer = sections.flatMap((section) => section.items).find(({ item }) => item.name === choice.item)
        return offer.sold_out && offer.item.price.minor_units === '1234'
      }, 'customers see the new price, and that it is sold out', patience)

      await page.getByRole('link', { name: 'Sales' }).click()
      await heading(page, 'Sales')
      await page.getByText(`${choice.item}`).first().waitFor()
      await look('6-sales')
      assert.equal(await page.evaluate(() => window.__noReload), true, 'the page was loaded anew')
      assert.deepEqual(broken, [])
      assert.deepEqual([...new Set(violations)], [], 'not accessible')
    } catch (error) {
      for (const page of context.pages()) await page.screenshot({ path: join(shots, `${size}-kitchen-failed.png`) })
      throw error
    } finally {
      await context.close()
    }
  })
}
