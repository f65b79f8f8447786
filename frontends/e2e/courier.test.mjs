// What a courier does on a shift, in a browser, against the whole system, and what becomes of it where there is no line.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { inspect, shots } from './look.mjs'
import { heading, signIn } from './order.mjs'
import { newId, place, someone } from './rest.mjs'
import { json, somethingToOrder, start } from './system.mjs'
import { eventually } from './windows.mjs'

// A machine that draws pictures of every step is slower than a thumb: people here take four times as long, and so do offers.
process.env.TIFFIN_TIME_FACTOR ??= '0.25'
const patience = 60_000
const near = { latitude: 52.5215, longitude: 13.4081 }
let system, browser, customer, choice

before(async () => {
  await mkdir(shots, { recursive: true })
  system = await start()
  browser = await launch()
  customer = await someone(system, 'customer')
  choice = await somethingToOrder(system)
})

after(async () => {
  await browser?.close()
  await system?.stop()
})

const cases = [
  { name: 'brings a delivery on a phone, without a line from the restaurant to the door', size: 'narrow', width: 390, height: 844, steps: bring },
  { name: 'can’t deliver another on a desktop, and ends the shift', size: 'wide', width: 1280, height: 900, steps: fail },
]

for (const [at, { name, size, steps, ...viewport }] of cases.entries()) {
  test(`a courier ${name}`, async () => {
    const courier = await someone(system, 'courier', nth(at))
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', geolocation: near, permissions: ['geolocation'] })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      const [broken, violations] = [[], []]
      page.on('pageerror', (error) => broken.push(String(error)))
      const look = async (what) => violations.push(...(await inspect(page, `${size}-courier-${what}`)))
      await page.goto(system.url)
      await signIn(page, courier.name)
      await page.getByRole('link', { name: 'Deliver' }).click()
      await steps({ page, context, look, press: (what) => page.getByRole('button', { name: what, exact: true }).click() })
      assert.deepEqual(broken, [])
      assert.deepEqual([...new Set(violations)], [], 'not accessible')
    } catch (error) {
      for (const page of context.pages()) await page.screenshot({ path: join(shots, `${size}-courier-failed.png`) })
      throw error
    } finally {
      await context.close()
    }
  })
}

async function bring({ page, context, look, press }) {
  const sent = []
  await press('Start your shift')
  await heading(page, 'You are on shift')
  await press('Say where you are')
  await look('1-place')
  await press('Let this device tell')
  await heading(page, 'Waiting for an offer')
  const order = await cook()
  await press('Accept')
  await page.getByRole('button', { name: 'Picked up', exact: true }).waitFor()
  await look('2-fetch')

  // The page is kept last of all, once every file that it needs is: then it opens without a line, too.
  await eventually(() => page.evaluate(async () => (await (await caches.open('tiffin-pages-1')).keys()).length > 0), 'the page is kept')
  await context.setOffline(true)
  await press('Picked up')
  await page.getByText('Waiting for a connection').waitFor()
  await page.reload()
  await page.getByText('Waiting for a connection').waitFor()
  await heading(page, 'Torstraße 1')
  await look('3-offline')
  await press('Hand over')
  await press('Yes, handed over')
  await heading(page, 'Handed over')
  assert.notEqual(await statusOf(order), 'COMPLETED')
  page.on('request', (request) => request.method() === 'POST' && sent.push(request))
  await context.setOffline(false)
  await heading(page, 'Waiting for an offer')
  await page.getByText('Waiting for a connection').waitFor({ state: 'detached' })
  assert.deepEqual(await answered(sent), [`${order}:pickUp`, `${order}:deliver`], 'each tap is answered once, in its order')
  await eventually(async () => (await statusOf(order)) === 'COMPLETED', 'the order is completed')

  await page.getByRole('link', { name: 'Earnings' }).click()
  await page.getByText('for 1 delivery').waitFor()
  await page.getByText('Delivered', { exact: true }).waitFor()
  await look('4-earnings')
  await page.getByRole('link', { name: 'Deliver' }).click()
  // Or the next delivery is offered to this courier: the page shows what is expected, and goes on sending.
  const ended = page.waitForResponse((answer) => answer.url().endsWith(':endShift') && answer.ok())
  await press('End your shift')
  await ended
  await page.getByText('today, for one delivery').waitFor()
}

async function fail({ page, look, press }) {
  await press('Start your shift')
  await press('Say where you are')
  await press('Let this device tell')
  await heading(page, 'Waiting for an offer')
  await page.getByRole('link', { name: 'Earnings' }).click()
  await page.getByText('What you take on shows up here.').waitFor()
  const order = await cook()
  await press('Look')
  await press('Accept')
  await press('Picked up')
  await press('Could not deliver')
  await page.getByRole('radio', { name: 'Nobody is there' }).check()
  await look('5-reason')
  await press('Yes, it failed')
  await heading(page, 'Waiting for an offer')
  await eventually(async () => !['PLACED', 'CONFIRMED'].includes(await statusOf(order)), 'the order is over')
  await press('End your shift')
  await page.getByRole('button', { name: 'Start your shift' }).waitFor()
}

/** An order that its restaurant has taken on, so that somebody is to bring it. */
async function cook() {
  const owner = await someone(system, 'restaurant', (persona) => persona.restaurant_id === choice.id)
  const order = await place(system, customer, choice)
  const headers = { ...(await authorized(owner)), 'Content-Type': 'application/json', 'Idempotency-Key': newId() }
  await eventually(() => json(`${system.url}/api/restaurant/v1/tickets/${order}:accept`, { method: 'POST', headers, body: JSON.stringify({ ready_in: '600s' }) }).then(() => true, () => false), 'the ticket is accepted')
  return order
}

const statusOf = async (order) => (await json(`${system.url}/api/customer/v1/orders/${order}`, { headers: await authorized(customer) })).status

async function authorized({ persona_id }) {
  const { access_token } = await json(`${system.url}/auth/personas/${persona_id}:token`, { method: 'POST' })
  return { Authorization: `Bearer ${access_token}` }
}

/** The taps on deliveries that got an answer, as "delivery:verb". */
async function answered(requests) {
  const found = []
  for (const request of requests) {
    const [, tap] = /\/deliveries\/(\w+:\w+)$/.exec(request.url()) ?? []
    if (tap && (await request.response())?.ok()) found.push(tap)
  }
  return found
}

function nth(at) {
  let count = 0
  return () => count++ === at
}
