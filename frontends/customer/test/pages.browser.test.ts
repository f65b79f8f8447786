import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { navigate, session } from '@tiffin/kit'
import '@tiffin/kit/forms'
import '../src/index.ts'
import { basket } from '../src/basket/store.ts'
import { place } from '../src/shared/place.ts'
import { kitchen, lassi } from './fixtures.ts'

// The pages in a real browser, against answers at the edge of the network: the one thing that is not real here.
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const placed: { order_id?: string; expected_total?: { minor_units?: string } }[] = []
let answers: { restaurant: () => Response; order: () => Response; search: () => Response; stream: () => Response }

const order = (status: string) => ({
  order_id: 'O1', status, restaurant_id: 'R1', restaurant_name: 'Dal & Daughters', cancellable: status === 'PLACED', placed_at: '2026-01-01T12:00:00Z',
  restaurant_location: { latitude: 52.5208, longitude: 13.4094 }, delivery_address: { line: '12 Lake Road', latitude: 52.513, longitude: 13.398 }, preparation_minutes: 20,
  items: [{ item_id: 'LASSI', name: 'Lassi', quantity: 4, unit_price: lassi.price, line_total: { currency_code: 'EUR', minor_units: '1560' } }],
  subtotal: { currency_code: 'EUR', minor_units: '1560' }, delivery_fee: { currency_code: 'EUR', minor_units: '199' }, total: { currency_code: 'EUR', minor_units: '1759' },
  timeline: [{ status: 'PLACED', time: '2026-01-01T12:00:00Z' }],
})

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input as RequestInfo, init)
  const { pathname } = new URL(request.url)
  if (pathname.endsWith(':token')) return json({ access_token: 'a.b.c' })
  if (pathname.endsWith(':watch')) return answers.stream()
  if (pathname.endsWith(':cancel')) return json({ order_id: 'O1' })
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
  placed.length = 0
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

const cancels = () => vi.mocked(fetch).mock.calls.filter(([input]) => (input as Request).url?.endsWith(':cancel')).length
const before = location.pathname + location.search
afterEach(() => {
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

test('an order is followed live, and called off only after a second yes', async () => {
  open('/orders/O1')
  await shows(/Waiting for Dal & Daughters/)
  await page.getByRole('button', { name: 'Cancel the order' }).click()
  expect(cancels()).toBe(0)
  await page.getByRole('button', { name: 'Yes, cancel it' }).click()
  await expect.poll(cancels).toBe(1)
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
