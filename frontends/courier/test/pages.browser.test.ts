import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { session } from '@tiffin/kit'
import { outbox } from '@tiffin/kit/outbox'
import '../src/index.ts'
import type { Courier } from '../src/shared/api.ts'
import { free, holding, off, offered } from './fixtures.ts'

// The pages in a real browser, against answers at the edge of the network: the one thing that is not real here.
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const commands: { name: string; key: string; body: Record<string, string> }[] = []
let courier: Courier
let online: boolean
let streams: ReadableStreamDefaultController<Uint8Array>[]
let places: { latitude: number; longitude: number }[]
/** What a command makes of the courier, or why it is refused. */
let outcome: (name: string) => Courier | Response

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (!online) throw new TypeError('Failed to fetch')
  const request = new Request(input as RequestInfo, init)
  const { pathname } = new URL(request.url)
  if (pathname.endsWith(':token')) return json({ access_token: 'a.b.c' })
  if (pathname.endsWith(':watch')) return new Response(new ReadableStream<Uint8Array>({ start: (controller) => (streams.push(controller), say(controller)) }), { headers: { 'Content-Type': 'text/event-stream' } })
  if (pathname.endsWith('/location')) return places.push(await request.json()), json({})
  if (pathname.endsWith('/deliveries')) return json(taken)
  if (pathname.endsWith('/earnings')) return json(earnings)
  const command = /:(\w+)$/.exec(pathname)?.[1]
  if (!command) return json(courier)
  commands.push({ name: command, key: request.headers.get('Idempotency-Key') ?? '', body: await request.json() })
  const next = outcome(command)
  if (next instanceof Response) return next
  show(next)
  return json({})
}

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })
const taken = { deliveries: [{ delivery_id: 'D0', state: 'DELIVERED', restaurant_name: 'Umi', earned: eur('450'), accepted_at: '2026-01-01T12:00:00Z', finished_at: '2026-01-01T12:30:00Z' }, { delivery_id: 'D9', state: 'FAILED', restaurant_name: 'Sahara', reason: 'Nobody is there', accepted_at: '2026-01-01T11:00:00Z' }] }
const earnings = { total: eur('1350'), delivered: 3, days: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ date: `2026-11-${23 + day}`, ...(day === 1 ? { earned: eur('1350'), delivered: 3 } : {}) })) }

const say = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(new TextEncoder().encode(`id: p\nevent: document\ndata: ${JSON.stringify(courier)}\n\n`))

/** The courier is another from now on, and everybody who watches hears it. */
function show(next: Courier) {
  courier = next
  streams.forEach(say)
}

/** Cuts the line, open streams included, or mends it. */
function line(up: boolean) {
  online = up
  if (!up) streams.splice(0).forEach((controller) => controller.error(new TypeError('network error')))
  else window.dispatchEvent(new Event('online'))
}

/** All text that is on the page, through every shadow root. */
function text(node: Node = document.body): string {
  if (node instanceof Text) return node.data
  if (node instanceof HTMLElement && node.localName === 'dialog' && !(node as HTMLDialogElement).open) return ''
  const children = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
  return node instanceof HTMLStyleElement ? '' : ` ${children.map((child) => text(child)).join('')} `
}
const shows = (wanted: RegExp) => expect.poll(() => text().replaceAll(/\s+/g, ' ')).toMatch(wanted)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

const go = (path: string) => history.replaceState(null, '', path)
const before = location.pathname + location.search

function open(path = '/courier') {
  go(path)
  const main = document.createElement('main')
  main.append(document.createElement('tiffin-courier'))
  document.body.replaceChildren(main)
}

beforeEach(async () => {
  await page.viewport(390, 844)
  vi.stubGlobal('fetch', vi.fn(answer))
  commands.length = 0
  ;[courier, online, streams, places] = [free, true, [], []]
  outcome = () => courier
  localStorage.setItem('tiffin.courier.place', JSON.stringify({ by: 'map', latitude: 52.52, longitude: 13.405 }))
  session.choose({ persona_id: 'P1', name: 'Mina Okafor', roles: ['courier'], courier_id: 'C1' })
})

afterEach(async () => {
  online = true
  outcome = () => courier
  await outbox.flush({ anew: true })
  for (const entry of outbox.refused) await outbox.dismiss(entry)
  document.body.replaceChildren()
  sessionStorage.clear()
  localStorage.clear()
  go(before)
  vi.unstubAllGlobals()
})

test('a shift begins with one tap, and a place on the map is told while it lasts', async () => {
  courier = off
  outcome = () => free
  open()
  await shows(/nobody is told where you are/)
  expect(places).toEqual([])
  await press('Start your shift')
  await shows(/Waiting for an offer/)
  await expect.poll(() => places).toEqual([{ latitude: 52.52, longitude: 13.405 }])
  await expect.poll(() => commands.map((command) => command.name)).toEqual(['startShift'])
})

test('who has not said where they are is told that nothing will be offered', async () => {
  localStorage.removeItem('tiffin.courier.place')
  open()
  await shows(/Until we know where you are, nothing is offered to you/)
  await press('Say where you are')
  await page.getByText('Type the coordinates').click()
  await page.getByLabelText('Latitude').fill('52.53')
  await press('I am here on the map')
  await shows(/Waiting for an offer.*You are where you put yourself on the map/)
  await expect.poll(() => places).toEqual([{ latitude: 52.53, longitude: 13.405 }])
})

test('an offer counts down by what is left of it, and is accepted by its own id', async () => {
  outcome = () => holding('ASSIGNED')
  open()
  await shows(/Waiting for an offer/)
  show({ ...offered, offer: { ...offered.offer, expires_at: '2020-01-01T00:00:00Z' } })
  await shows(/€4\.50 Dal & Daughters.*(30|29|28)/)
  await press('Accept')
  await shows(/To the restaurant.*Dal & Daughters/)
  expect(commands).toMatchObject([{ name: 'accept', body: { offer_id: 'O1' } }])
})

test('an offer that has run out is gone, whoever still has to say so', async () => {
  courier = { ...offered, offer: { ...offered.offer, expires_in: '0.5s' } }
  open()
  await shows(/Waiting for an offer/)
})

test('what is tapped without a connection is kept, shown, survives a reload, and is sent once', async () => {
  courier = holding('ASSIGNED')
  open()
  await shows(/To the restaurant/)
  line(false)
  await press('Picked up')
  await shows(/Waiting for a connection.*Picked up: Dal & Daughters.*To the door.*12 Lake Road/)
  open()
  await shows(/Waiting for a connection.*12 Lake Road/)
  await press('Hand over')
  await press('Yes, handed over')
  await shows(/Picked up: Dal.*Handed over: Dal.*Well done/)
  expect(commands).toEqual([])
  outcome = (name) => (name === 'pickUp' ? holding('PICKED_UP') : free)
  line(true)
  await shows(/Waiting for an offer/)
  expect(commands.map((command) => command.name)).toEqual(['pickUp', 'deliver'])
  expect(text()).not.toMatch(/Waiting for a connection/)
})

test('a tap that is refused is told until it was read', async () => {
  courier = offered
  outcome = () => (show(free), json({ status: 409, code: 'OFFER_EXPIRED', detail: 'this offer has expired' }, 409))
  open()
  await press('Accept')
  await shows(/Accept: Dal & Daughters: this did not go through This offer has expired\./)
  open()
  await shows(/did not go through/)
  await press('Got it')
  await expect.poll(() => text()).not.toMatch(/did not go through/)
})

test('giving back, and not delivering, want a reason', async () => {
  courier = holding('ASSIGNED')
  outcome = (name) => (name === 'release' ? holding('PICKED_UP') : free)
  open()
  await press('Give it back')
  await press('Yes, give it back')
  await shows(/Please choose a reason/)
  await page.getByRole('radio', { name: 'Something else' }).click()
  await press('Yes, give it back')
  await shows(/Please say in a few words/)
  await page.getByLabelText('In your own words').fill('A flat tyre')
  await press('Yes, give it back')
  await press('Could not deliver')
  await page.getByRole('radio', { name: 'Nobody is there' }).click()
  await press('Yes, it failed')
  await shows(/Waiting for an offer/)
  expect(commands.map(({ name, body }) => [name, body])).toEqual([
    ['release', { reason_code: 'OTHER', reason: 'A flat tyre' }],
    ['fail', { reason_code: 'NOBODY_THERE', reason: 'Nobody is there' }],
  ])
})

test('earnings show the week as bars and every delivery, and the week before', async () => {
  open('/courier/earnings')
  await shows(/This week €13\.50 for 3 deliveries.*Umi €4\.50.*Sahara.*Not delivered “ ?Nobody is there ?”/)
  await press('The week before')
  await shows(/Last week/)
})

test('an offer is noticed on the other page, too', async () => {
  open('/courier/earnings')
  await shows(/Your deliveries/)
  show(offered)
  await press('Look')
  await shows(/Accept/)
  expect(location.pathname).toBe('/courier')
})

test('somebody else’s page forgets all of it', async () => {
  courier = holding('PICKED_UP')
  open()
  await shows(/12 Lake Road/)
  session.choose({ persona_id: 'P2', name: 'Asha', roles: ['customer'] })
  await shows(/Asha doesn’t deliver/)
  expect(sessionStorage.length).toBe(0)
})

test.each<[string, string, Courier]>([
  ['off shift', '/courier', off], ['free', '/courier', free], ['an offer', '/courier', offered], ['to the restaurant', '/courier', holding('ASSIGNED')],
  ['to the door', '/courier', holding('PICKED_UP')], ['over', '/courier', holding('DELIVERED')], ['earnings', '/courier/earnings', free],
])('%s passes axe on a phone and on a desktop, in both schemes', async (_, path, now) => {
  courier = now
  open(path)
  await shows(path === '/courier' ? /shift|Accept|Picked up|Hand over|free again|Waiting/ : /Sahara/)
  // What is still fading in would be measured halfway.
  for (const time of ['--t-fast', '--t-normal', '--t-slow']) document.documentElement.style.setProperty(time, '0s')
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    for (const [width, height] of [[390, 844], [1280, 900]] as const) {
      await page.viewport(width, height)
      const { violations } = await axe.run(document.querySelector('main')!, { resultTypes: ['violations'] })
      expect(violations.map(({ id, nodes }) => `${theme} ${width}: ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
    }
  }
  delete document.documentElement.dataset['theme']
  document.documentElement.removeAttribute('style')
})
