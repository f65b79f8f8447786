// The main job, in a browser, against the whole system: find food, order it, follow it, call it off.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { inspect, shots } from './look.mjs'
import { heading, order, signIn } from './order.mjs'
import { command, somethingToOrder, start } from './system.mjs'
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
      await signIn(page, person, look)
      await heading(page, 'What’s in your tiffin today?')
      await page.locator('customer-browse h2 a').first().waitFor()
      await look('1-browse')
      await page.getByRole('button', { name: 'City centre' }).click()
      await page.getByRole('textbox', { name: 'Street and number' }).waitFor()
      await page.getByText('Type the coordinates').click()
      await look('1-place')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })

      const confirmed = await order(page, choice, look)
      await heading(page, 'Waiting for the restaurant')
      await look('5-placed')
      await page.evaluate(() => (window.__noReload = true))
      await command(system, 'confirm', confirmed)
      await heading(page, 'Confirmed')
      assert.equal(await page.evaluate(() => window.__noReload), true, 'the page was loaded anew')
      await look('6-confirmed')

      await page.goto(system.url)
      const cancelled = await order(page, choice)
      await heading(page, 'Waiting for the restaurant')
      await page.getByRole('button', { name: 'Cancel the order' }).click()
      await look('7-cancel')
      await page.getByRole('button', { name: 'Yes, cancel it' }).click()
      await heading(page, 'Cancelled')
      await look('7-cancelled')

      await page.getByRole('link', { name: 'All orders' }).click()
      await heading(page, 'Your orders')
      for (const [id, status] of [[confirmed, 'Confirmed'], [cancelled, 'Cancelled']]) {
        await page.getByRole('listitem').filter({ has: page.locator(`a[href="/orders/${id}"]`) }).getByText(status).waitFor()
      }
      await look('8-history')
      await page.goto(`${system.url}/restaurants/${confirmed}`)
      await heading(page, 'This kitchen isn’t here')
      await look('9-missing')
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

test('the page opens offline, says so, and catches up by itself', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    const elsewhere = []
    page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(system.url) || elsewhere.push(request.url()))
    const answer = await page.goto(system.url)
    assert.match(answer.headers()['content-security-policy'], /default-src 'self'; script-src 'self' 'nonce-/)
    await page.locator('customer-browse h2 a').first().waitFor()
    // The page is kept last of all, once every file that it needs is.
    await eventually(() => page.evaluate(async () => (await (await caches.open('tiffin-pages-1')).keys()).length > 0), 'the page is kept', patience)
    await context.setOffline(true)
    await page.reload()
    await page.getByText('You’re offline.').waitFor()
    await page.getByRole('heading', { name: 'No connection' }).waitFor()
    await context.setOffline(false)
    await page.locator('customer-browse h2 a').first().waitFor()
    assert.deepEqual(elsewhere, [], 'loaded from elsewhere')
  } finally {
    await context.close()
  }
})
