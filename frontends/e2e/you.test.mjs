// The customers' own page, in a browser, against the whole system: a name, an address that an order goes to, and the end of it.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { inspect, shots } from './look.mjs'
import { heading, order, signIn } from './order.mjs'
import { json, somethingToOrder, start } from './system.mjs'

const patience = 60_000
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

for (const { size, person, ...viewport } of [
  { size: 'wide', person: 'Priya Nair', width: 1280, height: 900 },
  { size: 'narrow', person: 'Lukas Nowak', width: 390, height: 844 },
]) {
  test(`a customer changes their name, orders to an address of theirs, and is erased on a ${size} screen`, async () => {
    const choice = await somethingToOrder(system)
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    const page = await context.newPage()
    try {
      page.setDefaultTimeout(patience)
      const [broken, violations] = [[], []]
      page.on('pageerror', (error) => broken.push(String(error)))
      const look = async (name) => violations.push(...(await inspect(page, `you-${size}-${name}`)))

      await page.goto(system.url)
      await signIn(page, person)
      await page.getByRole('link', { name: 'You', exact: true }).click()
      await heading(page, 'You')
      const name = page.getByRole('textbox', { name: 'Name', exact: true })
      await name.waitFor()
      assert.equal(await name.inputValue(), person)
      await look('1-page')
      await name.fill('Somebody Else')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.').first().waitFor()

      await page.getByRole('button', { name: 'Add an address' }).click()
      await page.getByRole('textbox', { name: 'Name of the place' }).fill('Studio')
      await page.getByRole('textbox', { name: 'Street and number' }).fill('Linienstraße 7')
      await look('2-address')
      await page.getByRole('button', { name: 'Keep this address' }).click()
      await page.getByRole('heading', { name: 'Studio' }).waitFor()
      await look('3-addresses')
      await page.reload()
      await page.getByRole('heading', { name: 'Studio' }).waitFor()
      assert.equal(await name.inputValue(), 'Somebody Else')

      await page.goto(system.url)
      const id = await order(page, choice, async (step) => {
        if (step !== '4-checkout') return
        await look('4-checkout')
        await page.getByRole('button', { name: 'Studio', exact: true }).click()
        assert.equal(await page.getByRole('textbox', { name: 'Street and number' }).inputValue(), 'Linienstraße 7')
      })
      await page.getByText('To Linienstraße 7').waitFor()

      await page.getByRole('link', { name: 'You', exact: true }).click()
      const access = await accessOf(person) // there is none for who is erased
      await page.getByRole('button', { name: 'Erase my data' }).click()
      await page.getByRole('textbox', { name: 'Type “erase” to go on' }).fill('erase')
      await look('5-erase')
      await page.getByRole('button', { name: 'Erase for good' }).click()
      await page.getByRole('heading', { name: 'You are leaving' }).waitFor()
      await look('6-leaving')
      await heading(page, 'You are erased')
      await page.getByRole('button', { name: 'Sign in' }).first().waitFor()
      await look('7-erased')
      const left = await json(`${system.url}/api/customer/v1/orders/${id}`, { headers: { Authorization: `Bearer ${access}` } })
      assert.equal(left.status, 'CANCELLED')
      assert.ok(!left.delivery_address?.line, 'the order still says where it went')
      await page.getByRole('button', { name: 'Sign in' }).first().click()
      await page.getByRole('button', { name: 'Amira Haddad' }).waitFor()
      assert.equal(await page.getByRole('button', { name: person }).count(), 0, 'who is erased can still be picked')
      assert.deepEqual(broken, [])
      assert.deepEqual([...new Set(violations)], [], 'not accessible')
    } catch (error) {
      await page.screenshot({ path: join(shots, `you-${size}-failed.png`) })
      throw error
    } finally {
      await context.close()
    }
  })
}

async function accessOf(person) {
  const { personas } = await json(`${system.url}/auth/personas`)
  const { persona_id } = personas.find(({ name }) => name === person)
  return (await json(`${system.url}/auth/personas/${persona_id}:token`, { method: 'POST' })).access_token
}
