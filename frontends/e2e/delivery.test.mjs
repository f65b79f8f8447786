// A whole delivery in three windows at once: a customer, a restaurant and a courier, each of whom sees live what the others do.
import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { launch } from './browser.mjs'
import { shots } from './look.mjs'
import { heading, order } from './order.mjs'
import { someone } from './rest.mjs'
import { json, somethingToOrder, start } from './system.mjs'
import { eventually, open, together } from './windows.mjs'

// A machine that draws pictures of every step is slower than people: they take four times as long, and so do deadlines.
process.env.TIFFIN_TIME_FACTOR ??= '0.25'
const desk = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, permissions: ['geolocation'] }
const begin = { latitude: 52.5215, longitude: 13.4081 }
const door = { latitude: 52.52, longitude: 13.405 }
let system, browser, people, choice

before(async () => {
  await mkdir(shots, { recursive: true })
  system = await start()
  browser = await launch()
  choice = await somethingToOrder(system)
  people = {
    customer: await someone(system, 'customer'),
    owner: await someone(system, 'restaurant', (persona) => persona.restaurant_id === choice.id),
    courier: await someone(system, 'courier'),
  }
})

after(async () => {
  await browser?.close()
  await system?.stop()
})

test('an order goes from the basket to the door, and everybody sees the others’ steps', async () => {
  const customer = await open(browser, system, 'customer', people.customer.name, desk)
  const kitchen = await open(browser, system, 'restaurant', people.owner.name, desk)
  const courier = await open(browser, system, 'courier', people.courier.name, { ...phone, geolocation: begin })
  const given = people.courier.name.split(' ')[0]
  await together([customer, kitchen, courier], async () => {
    const before = await operations()
    await kitchen.page.getByRole('link', { name: 'Tickets' }).click()
    await heading(kitchen.page, 'Tickets')
    await kitchen.sees('Nothing waits for an answer.')
    await goOnShift(courier)

    const id = await order(customer.page, choice)
    await heading(customer.page, 'Waiting for the restaurant')
    const ticket = ticketOf(kitchen, id)
    await ticket.getByRole('button', { name: 'Reject…' }).waitFor()
    assert.equal(await kitchen.page.title(), '(1) Tickets · Tiffin')
    await lookAt('1-placed', customer, kitchen)

    // The restaurant says yes and when: all three are told the same time.
    await ticket.getByRole('button', { name: /^Accept, ready in \d+ minutes$/ }).last().click()
    await ticket.getByRole('button', { name: 'Start cooking' }).waitFor()
    await heading(customer.page, 'Confirmed')
    await heading(courier.page, choice.name)
    const ready = (await ticket.getByText(/^due /).innerText()).slice('due '.length)
    await customer.sees(`Ready about ${ready}`)
    await courier.sees(`Ready at ${ready}`)
    await customer.sees('A courier is being found.')
    await lookAt('2-accepted', courier, customer, kitchen)

    await courier.press('Accept')
    await courier.page.getByRole('button', { name: 'Picked up', exact: true }).waitFor()
    await customer.sees(`${given} will bring it`)
    await shows(customer, begin)
    await lookAt('3-courier', customer, courier)

    await ticket.getByRole('button', { name: 'Start cooking' }).click()
    await heading(customer.page, 'In the kitchen')
    await lookAt('4-cooking', customer, kitchen)
    await ticket.getByRole('button', { name: 'It’s ready' }).click()
    await heading(customer.page, 'Ready for the courier')
    await customer.sees(`Waiting for ${given}`)
    await courier.sees('Ready now')
    await lookAt('5-ready', customer, kitchen, courier)

    // The ride: where the phone is, the customer's map shows the courier; what is picked up leaves the board.
    const { restaurant_location: there } = await orderOf(id)
    await ride(courier, customer, there)
    await courier.press('Picked up')
    await heading(courier.page, 'Torstraße 1')
    await heading(customer.page, 'On its way')
    await ticket.waitFor({ state: 'detached' })
    await kitchen.sees('Nothing waits for a courier.')
    await ride(courier, customer, between(there, door))
    await lookAt('6-riding', customer, kitchen, courier)
    await ride(courier, customer, door)

    await courier.press('Hand over')
    await courier.press('Yes, handed over')
    await heading(courier.page, 'Waiting for an offer')
    await courier.sees('today, for one delivery')
    await heading(customer.page, 'Delivered')
    await customer.sees('was charged to your card.')
    await lookAt('7-delivered', customer, courier)

    // What the page says was charged is the total, and what the card processor took: once.
    const { total, payment, status } = await orderOf(id)
    assert.deepEqual([status, payment.state, payment.charged], ['COMPLETED', 'CAPTURED', total])
    assert.deepEqual((await operations()).slice(before.length), [took('authorization', total), took('capture', total)])
    await courier.press('End your shift')
    await courier.page.getByRole('button', { name: 'Start your shift' }).waitFor()
  })
})

test('a restaurant is out of it: the customer sees at once why, and pays nothing', async () => {
  const customer = await open(browser, system, 'customer', people.customer.name, desk)
  const kitchen = await open(browser, system, 'restaurant', people.owner.name, desk)
  await together([customer, kitchen], async () => {
    const before = await operations()
    await kitchen.page.getByRole('link', { name: 'Tickets' }).click()
    await heading(kitchen.page, 'Tickets')
    const id = await order(customer.page, choice)
    await heading(customer.page, 'Waiting for the restaurant')

    const ticket = ticketOf(kitchen, id)
    await ticket.getByRole('button', { name: 'Reject…' }).click()
    await kitchen.page.getByLabel('Something is sold out').check()
    await kitchen.page.getByLabel(choice.item, { exact: true }).waitFor()
    await lookAt('8-sold-out', kitchen)
    await kitchen.press('Reject it')
    await ticket.waitFor({ state: 'detached' })

    await heading(customer.page, 'Not accepted')
    await customer.sees(`${choice.name} couldn’t take it`)
    await customer.sees(`Sorry, we are out of ${choice.item}.`)
    await customer.page.getByText('Sold out', { exact: true }).waitFor()
    await customer.sees(/^Nothing was charged\. The .* that was reserved is free again\.$/)
    await lookAt('9-rejected', customer, kitchen)

    const { total, payment, reason_code, status } = await orderOf(id)
    assert.deepEqual([status, reason_code, payment.state, payment.charged?.minor_units ?? '0'], ['REJECTED', 'ITEMS_SOLD_OUT', 'RELEASED', '0'])
    const [reserved, ...freed] = (await operations()).slice(before.length)
    assert.deepEqual(reserved, took('authorization', total))
    assert.deepEqual(freed.map(({ kind, status }) => [kind, status]), [['void', 'succeeded']])
  })
})

async function goOnShift(courier) {
  await courier.page.getByRole('link', { name: 'Deliver' }).click()
  await courier.press('Start your shift')
  await courier.press('Say where you are')
  await courier.press('Let this device tell')
  await heading(courier.page, 'Waiting for an offer')
}

/** The phone is somewhere else; done when the customer's map shows it there. */
async function ride(courier, customer, to) {
  await courier.context.setGeolocation(to)
  await shows(customer, to)
}

async function shows({ page }, { latitude, longitude }) {
  const map = page.locator('customer-order t-map')
  const near = (a, b) => Math.abs(a - b) < 1e-4
  await eventually(async () => {
    const at = await map.evaluate(({ markers }) => markers.find(({ kind }) => kind === 'courier'))
    return at && near(at.latitude, latitude) && near(at.longitude, longitude)
  }, `the customer's map shows the courier at ${latitude}, ${longitude}`)
  await map.locator('.marker.courier .pin').waitFor()
}

const between = (a, b) => ({ latitude: (a.latitude + b.latitude) / 2, longitude: (a.longitude + b.longitude) / 2 })

const ticketOf = ({ page }, id) => page.locator('restaurant-ticket').filter({ has: page.getByRole('heading', { name: `Ticket ${id.slice(-4)}` }) })

async function lookAt(step, ...windows) {
  for (const { look } of windows) await look(step)
}

async function orderOf(id) {
  const { access_token } = await json(`${system.url}/auth/personas/${people.customer.persona_id}:token`, { method: 'POST' })
  return json(`${system.url}/api/customer/v1/orders/${id}`, { headers: { Authorization: `Bearer ${access_token}` } })
}

/** What the card processor did, by its own file. */
async function operations() {
  const file = await readFile(join(system.data, 'sandbox/operations.jsonl'), 'utf8').catch(() => '')
  const lines = file.split('\n').slice(0, -1).map((line) => JSON.parse(line))
  return lines.flatMap(({ operation }) => (operation ? [{ kind: operation.kind, status: operation.status, amount: operation.amount }] : []))
}

const took = (kind, { currency_code, minor_units }) => ({ kind, status: 'succeeded', amount: { currency_code, minor_units: Number(minor_units) } })
