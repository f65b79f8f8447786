// The main job, in a browser, against the whole system: find food, order it, follow it, call it off.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import { command, root, somethingToOrder, start } from './system.mjs'

const executablePath = process.env.CHROMIUM_PATH || (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined)
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
const shots = join(root, '.artifacts/screenshots')
const patience = 30_000
let system, browser

before(async () => {
  await mkdir(shots, { recursive: true })
  system = await start()
  browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) })
})

after(async () => {
  await browser?.close()
  await system?.stop()
})

for (const { size, person, ...viewport } of [
  { size: 'wide', person: 'Amira Haddad', width: 1280, height: 900 },
  { size: 'narrow', person: 'Jonas Weber', width: 390, height: 844 },
]) {
  test(`a customer orders, follows and cancels on a ${size} screen`, async () => {
    const choice = await somethingToOrder(system)
    // Reduced motion: axe would measure the colours of what is still fading in.
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      const broken = []
      const violations = []
      page.on('pageerror', (error) => broken.push(String(error)))
      const look = async (name) => violations.push(...(await inspect(page, `${size}-${name}`)))

      await page.goto(system.url)
      await signIn(page, person)
      await heading(page, 'What’s in your tiffin today?')
      await page.locator('customer-browse h2 a').first().waitFor()
      await look('1-browse')

      const confirmed = await order(page, choice, look)
      await heading(page, 'Waiting for the restaurant')
      await look('5-placed')
      await page.evaluate(() => (window.__noReload = true))
      await command(system, 'confirm', confirmed)
      await heading(page, 'In the kitchen')
      assert.equal(await page.evaluate(() => window.__noReload), true, 'the page was loaded anew')
      await look('6-confirmed')

      await page.goto(system.url)
      const cancelled = await order(page, choice, async () => {})
      await heading(page, 'Waiting for the restaurant')
      await page.getByRole('button', { name: 'Cancel the order' }).click()
      await page.getByRole('button', { name: 'Yes, cancel it' }).click()
      await heading(page, 'Cancelled')
      await look('7-cancelled')

      await page.getByRole('link', { name: 'All orders' }).click()
      await heading(page, 'Your orders')
      for (const [id, status] of [[confirmed, 'In the kitchen'], [cancelled, 'Cancelled']]) {
        await page.getByRole('listitem').filter({ has: page.locator(`a[href="/orders/${id}"]`) }).getByText(status).waitFor()
      }
      await look('8-history')
      assert.deepEqual(broken, [])
      assert.deepEqual([...new Set(violations)], [], 'not accessible')
    } catch (error) {
      for (const page of context.pages()) await page.screenshot({ path: join(shots, `${size}-failed.png`) })
      throw error
    } finally {
      await context.close()
    }
  })
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function signIn(page, person) {
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('button', { name: `You are ${person}. Change` }).waitFor()
}

/** From the search to the order's page; returns the order's id. */
async function order(page, { id, name, item, times }, look) {
  await page.getByRole('searchbox', { name: 'Search restaurants and dishes' }).fill(name)
  await page.waitForURL((url) => url.searchParams.get('q') === name)
  const found = page.getByRole('link', { name, exact: true })
  await found.waitFor()
  await look('2-search')
  await found.click()
  await page.waitForURL(`**/restaurants/${id}`)
  await heading(page, name)
  for (let added = 0; added < times; added++) {
    await page.getByRole('button', { name: item, exact: true }).first().click()
    const add = page.getByRole('button', { name: /^Add for/ })
    await add.click()
    await add.waitFor({ state: 'hidden' })
  }
  await look('3-restaurant')
  await page.getByRole('link', { name: /^(Go to checkout|View basket)/ }).first().click()
  await heading(page, 'Checkout')
  const street = page.getByRole('textbox', { name: 'Street and number' })
  await street.fill('Torstraße 1')
  await street.blur()
  await look('4-checkout')
  await page.getByRole('button', { name: /^Place order/ }).click()
  await page.waitForURL('**/orders/*')
  return new URL(page.url()).pathname.split('/').at(-1)
}

/** Takes a picture of the page, and returns what is wrong with it for those who can't see it. */
async function inspect(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id}: ${node.target.flat().join(' ')}`))
}
