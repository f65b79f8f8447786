import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { navigate, session } from '@tiffin/kit'
import '@tiffin/kit/forms'
import '../src/index.ts'
import { basket } from '../src/basket/store.ts'
import { card } from '../src/checkout/card.ts'
import { place } from '../src/shared/place.ts'
import { kitchen, lassi } from './fixtures.ts'

// The pages in a real browser, against answers at the edge of the network: the one thing that is not real here.
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const placed: { order_id?: string; expected_total?: { minor_units?: string }; payment_token?: string }[] = []
const toProcessor: Request[] = []
const cancelled: { expected_charge?: { minor_units?: string } }[] = []
const processor = 'http://127.0.0.1:9095'
let answers: { restaurant: () => Response; order: () => Response; search: () => Response; stream: () => Response }

const order = (status: string, change: object = {}) => ({
  order_id: 'O1', status, ...change, restaurant_id: 'R1', restaurant_name: 'Dal & Daughters', cancellable: status === 'PLACED', placed_at: '2026-01-01T12:00:00Z',
  restaurant_location: { latitude: 52.5208, longitude: 13.4094 }, delivery_address: { line: '12 Lake Road', latitude: 52.513, longitude: 13.398 }, preparation_minutes: 20,
  items: [{ item_id: 'LASSI', name: 'Lassi', quantity: 4, unit_price: lassi.price, line_total: { currency_code: 'EUR', minor_units: '1560' } }],
  subtotal: { currency_code: 'EUR', minor_units: '1560' }, delivery_fee: { currency_code: 'EUR', minor_units: '199' }, total: { currency_code: 'EUR', minor_units: '1759' },
  timeline: [{ status: 'PLACED', time: '2026-01-01T12:00:00Z' }],
})

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input as RequestInfo, init)
  const { pathname, origin } = new URL(request.url)
  if (origin === processor) {
    toProcessor.push(request)
    return json({ token: 'tok_declined_1' }, 201)
  }
  if (pathname.endsWith(':token')) return json({ access_token: 'a.b.c' })
  if (pathname.endsWith(':watch')) return answers.stream()
  if (pathname.endsWith(':cancel')) {
    cancelled.push(await request.json())
    return json({ order_id: 'O1' })
  }
  if (pathname.endsWith('/orders') && request.method === 'POST') {
    placed.push(await request.json())
    return answers.order()
  }
  if (pathname.endsWith('/orders')) return json({ orders: [{ ...order('COMPLETED'), item_names: ['Lassi'], item_count: 4 }] })
  if (pathname.includes('/orders/')) return json(order('COMPLETED'))
  if (pathname.endsWith('/restaurants')) return answers.search()
  if (pathname.includes('/restaurants/')) return answers.restaurant()
  throw new Error(`nobody asked for ${pathname}`)
}

const stream = (...documents: unknown[]) => new Response(
  new ReadableStream({ start: (controller) => documents.forEach((document, index) => controller.enqueue(new TextEncoder().encode(`id: p${index}\nevent: document\ndata: ${JSON.stringify(document)}\n\n`))) }),
  { headers: { 'Content-Type': 'text/event-stream' } },
)

/** All text that is on the page, through every shadow root. */
function text(node: Node = document.body): string {
  if (node instanceof Text) return node.data
  const children = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
  return node instanceof HTMLStyleElement ? '' : children.map((child) => text(child)).join(' ')
}
const shows = (wanted: RegExp) => expect.poll(() => text().replaceAll(/\s+/g, ' ')).toMatch(wanted)

function open(path: string) {
  history.replaceState(null, '', path)
  document.body.replaceChildren(document.createElement('tiffin-customer'))
}

beforeEach(() => {
  vi.stubGlobal('fetch', vi.fn(answer))
  placed.length = cancelled.length = toProcessor.length = 0
  card.set(undefined)
  answers = {
    restaurant: () => json({ ...kitchen(), delivers_here: true }),
    order: () => json({ order_id: 'O1' }),
    search: () => json({ restaurants: [{ ...kitchen().summary, cuisines: ['indian'], preparation_minutes: 20, distance_meters: 850 }], cuisines: [{ cuisine: 'indian', restaurants: 1 }], total_size: 1 }),
    stream: () => stream(order('PLACED')),
  }
  session.choose({ persona_id: 'P1', name: 'Asha', roles: ['customer'] })
  basket.set(undefined)
  place.set({ line: '12 Lake Road', latitude: 52.52, longitude: 13.405 })
})

const before = location.pathname + location.search
afterEach(() => {
  document.getElementById('tiffin-settings')?.remove()
  document.body.replaceChildren()
  history.replaceState(null, '', before)
  vi.unstubAllGlobals()
})

test('browsing shows who delivers, and says so where nobody does', async () => {
  open('/')
  await shows(/Dal & Daughters.*20 min · 850 m/)
  answers.search = () => json({})
  navigate('/?q=zzz', { replace: true })
  await shows(/Nothing like that around here/)
})

test('a dish with options goes into the basket at its whole price', async () => {
  open('/restaurants/R1')
  await page.getByRole('button', { name: 'Masala dosa' }).click()
  await page.getByLabelText('Podi').click()
  await page.getByRole('button', { name: /^Add for/ }).click()
  await expect.poll(() => basket.value?.lines[0]).toMatchObject({ option_ids: ['s', 'podi'], unit_price: { minor_units: '860' } })
})

test('an undo does not bring back what was ordered meanwhile', async () => {
  open('/restaurants/R1')
  await page.getByRole('button', { name: 'Lassi' }).click()
  await page.getByRole('button', { name: /^Add for/ }).click()
  await expect.element(page.getByRole('button', { name: 'Undo' })).toBeInTheDocument()
  basket.set(undefined)
  await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument()
})

test('a kitchen that is not there can’t be tried again', async () => {
  answers.restaurant = () => json({ status: 404, code: 'RESTAURANT_NOT_FOUND', detail: 'there is no restaurant R1' }, 404)
  open('/restaurants/R1')
  await shows(/This kitchen isn’t here/)
  await expect.element(page.getByRole('button', { name: 'Try again' })).not.toBeInTheDocument()
})

test('a closed kitchen says when it opens, and takes nothing', async () => {
  const { summary, ...rest } = kitchen()
  answers.restaurant = () => json({ ...rest, summary: { ...summary, open_now: false, pause_reason: 'the oven is cold' } })
  open('/restaurants/R1')
  await shows(/Not taking orders at the moment: the oven is cold/)
  await page.getByRole('button', { name: 'Masala dosa' }).click()
  await expect.element(page.getByRole('button', { name: /^Add for/ })).not.toBeInTheDocument()
})

test('a total that changed reloads the menu, says so, and orders only at the new one', async () => {
  basket.add(kitchen(), { item_id: 'LASSI', name: 'Lassi', image: '', quantity: 4, option_ids: [], option_names: [], unit_price: { currency_code: 'EUR', minor_units: '390' }, note: '' })
  open('/checkout')
  await shows(/Place order/)
  answers.order = () => json({ status: 409, code: 'TOTAL_CHANGED', detail: 'The total is another one.' }, 409)
  answers.restaurant = () => json({ ...kitchen({ fee: '299' }), delivers_here: true })
  await page.getByRole('button', { name: /^Place order/ }).click()
  await shows(/Delivery is now .*2[.,]99.*instead of .*1[.,]99/)
  await shows(/The price has changed/)
  answers.order = () => json({ order_id: 'O1' })
  await page.getByRole('button', { name: /^Place order/ }).click()
  await expect.poll(() => placed.map((sent) => sent.expected_total?.minor_units)).toEqual(['1759', '1859'])
  expect(placed[0]?.order_id).not.toBe(placed[1]?.order_id)
  await expect.poll(() => location.pathname).toBe(`/orders/${placed[1]?.order_id}`)
  expect(basket.value).toBeUndefined()
})

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const courier = (latitude: number) => ({ name: 'Ben', vehicle: 'BICYCLE', location: { latitude, longitude: 13.404 }, located_at: soon(0) })

test('an order is followed live, and called off only after a second yes', async () => {
  answers.stream = () => stream(order('PLACED', { stage: 'PAYMENT_AUTHORIZED', cancellation_charge: eur('0') }))
  open('/orders/O1')
  await shows(/Waiting for Dal & Daughters/)
  await shows(/No estimate yet/)
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await shows(/has not started to cook, so cancelling is free/)
  expect(cancelled).toEqual([])
  await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect.poll(() => cancelled[0]?.expected_charge?.minor_units).toBe('0')
})

test('what cancelling costs is said before it is done', async () => {
  answers.stream = () => stream({ ...order('CONFIRMED', { stage: 'COOKING', cancellation_charge: eur('1560') }), cancellable: true })
  open('/orders/O1')
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  await shows(/is cooking already.*you pay .*15[.,]60 for the food; delivery and tip are not charged/)
  await page.getByRole('button', { name: /^Cancel and pay .*15[.,]60/ }).click()
  await expect.poll(() => cancelled[0]?.expected_charge?.minor_units).toBe('1560')
})

test('the courier is on the map, and moves on it', async () => {
  const onItsWay = { stage: 'PICKED_UP', arrival: { earliest: soon(10), latest: soon(14), promised: soon(20) }, payment: { state: 'AUTHORIZED', authorized: eur('1759') } }
  let push = (_: unknown) => {}
  answers.stream = () => new Response(new ReadableStream({ start: (controller) => { push = (document) => controller.enqueue(new TextEncoder().encode(`id: p\nevent: document\ndata: ${JSON.stringify(document)}\n\n`)) } }), { headers: { 'Content-Type': 'text/event-stream' } })
  open('/orders/O1')
  await expect.poll(() => fetch).toHaveBeenCalled()
  push(order('CONFIRMED', { ...onItsWay, courier: courier(52.5190) }))
  await shows(/Ben brings it to you by bicycle\./)
  await shows(/At your door \d\d:\d\d.* – \d\d:\d\d/)
  await shows(/17[.,]59 is reserved on your card/)
  const pin = () => document.querySelector('tiffin-customer')?.shadowRoot?.querySelector('customer-order')?.shadowRoot?.querySelector('t-map')?.shadowRoot?.querySelector<HTMLElement>('.courier')
  await expect.poll(() => pin()?.style.transform).toBeTruthy()
  const before = pin()?.style.transform
  push(order('CONFIRMED', { ...onItsWay, courier: courier(52.5150) }))
  await expect.poll(() => pin()?.style.transform).not.toBe(before)
  push(order('CONFIRMED', { stage: 'DELIVERED' }))
  await expect.poll(() => pin()).toBeFalsy()
  await expect.element(page.getByRole('heading', { level: 1, name: 'Delivered' })).toBeInTheDocument()
})

test('what went wrong, and what became of the money, is said with its reason', async () => {
  answers.stream = () => stream({
    ...order('REJECTED', { stage: 'REJECTED', payment: { state: 'RELEASED', authorized: eur('1759'), charged: eur('0'), reason: 'Something was sold out.' } }),
    items: [{ item_id: 'LASSI', name: 'Lassi', quantity: 4, line_total: eur('1560'), sold_out: true }],
    timeline: [{ status: 'PLACED' }, { status: 'REJECTED', reason_code: 'ITEMS_SOLD_OUT', note: 'No more lassi today' }],
  })
  open('/orders/O1')
  await shows(/Dal & Daughters couldn’t take it.*No more lassi today/)
  await shows(/Lassi.*Sold out/)
  await shows(/Nothing was charged\. The .*17[.,]59 that was reserved is free again\. Something was sold out\./)
  await page.getByRole('button', { name: 'Order again' }).click()
  await expect.poll(() => basket.value?.lines).toMatchObject([{ item_id: 'LASSI', quantity: 4 }])
  expect(location.pathname).toBe('/checkout')
})

test('a card goes to the processor, and only its token to us', async () => {
  const settings = Object.assign(document.createElement('script'), { id: 'tiffin-settings', type: 'application/json', text: JSON.stringify({ card_processor: { url: processor, test_cards: [{ number: '4000 0000 0000 0002', says: 'Is declined' }] } }) })
  document.head.append(settings)
  basket.add(kitchen(), { item_id: 'LASSI', name: 'Lassi', image: '', quantity: 4, option_ids: [], option_names: [], unit_price: { currency_code: 'EUR', minor_units: '390' }, note: '' })
  open('/checkout')
  await shows(/Pay with Your test card/)
  await page.getByRole('button', { name: 'Change the card' }).click()
  await page.getByRole('button', { name: 'Use this card' }).click()
  await shows(/12 to 19 digits/)
  await page.getByRole('button', { name: /^Is declined/ }).click()
  await shows(/Test card: is declined/)
  await page.getByRole('button', { name: /^Place order/ }).click()
  await expect.poll(() => placed.map((sent) => sent.payment_token)).toEqual(['tok_declined_1'])
  expect(toProcessor).toHaveLength(1)
  expect(toProcessor[0]?.headers.has('Authorization')).toBe(false)
  expect(JSON.stringify(placed)).not.toContain('0002')
  expect(card.value).toBeUndefined()
})

test('where no processor is known, nothing is asked for', async () => {
  basket.add(kitchen(), { item_id: 'LASSI', name: 'Lassi', image: '', quantity: 4, option_ids: [], option_names: [], unit_price: { currency_code: 'EUR', minor_units: '390' }, note: '' })
  open('/checkout')
  await shows(/Pay with Your test card/)
  await expect.element(page.getByRole('button', { name: 'Change the card' })).not.toBeInTheDocument()
})

test('an order of the past fills the basket at the prices of today', async () => {
  open('/orders')
  await page.getByRole('button', { name: 'Order again' }).click()
  await expect.poll(() => basket.value?.lines).toMatchObject([{ item_id: 'LASSI', quantity: 4 }])
  expect(location.pathname).toBe('/checkout')
})

test('nobody’s orders are nobody’s to see', async () => {
  session.leave()
  open('/orders')
  await shows(/Whose orders\?/)
  expect(fetch).not.toHaveBeenCalled()
})
