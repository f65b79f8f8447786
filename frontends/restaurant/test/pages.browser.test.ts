import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import axe from 'axe-core'
import { navigate, session } from '@tiffin/kit'
import '@tiffin/kit/forms'
import '../src/index.ts'
import type { Board } from '../src/shared/api.ts'
import { board, restaurant, sales, ticket } from './fixtures.ts'

// The pages in a real browser, against answers at the edge of the network: the one thing that is not real here.
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const sent: { method: string; path: string; body: any }[] = []
let refuse: Record<string, () => Response> = {}
let wire: ReadableStreamDefaultController<Uint8Array> | undefined
let events = 0

/** Sends the board down the line, as the server does after every change. */
const push = (document: Board, event = 'document') => wire?.enqueue(new TextEncoder().encode(`id: p${events++}\nevent: ${event}\ndata: ${JSON.stringify(document)}\n\n`))

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input as RequestInfo, init)
  const { pathname } = new URL(request.url)
  const path = pathname.replace('/api/restaurant/v1/', '')
  if (pathname.endsWith(':token')) return json({ access_token: 'a.b.c' })
  if (pathname.endsWith(':watch')) return new Response(new ReadableStream({ start: (controller) => { wire = controller } }), { headers: { 'Content-Type': 'text/event-stream' } })
  if (request.method !== 'GET') {
    sent.push({ method: request.method, path, body: await request.json().catch(() => undefined) })
    return refuse[path]?.() ?? json({})
  }
  if (path === 'restaurants/R1') return json(restaurant())
  if (path === 'restaurants/R1/sales') return json(sales())
  throw new Error(`nobody asked for ${pathname}`)
}

/** All text that is on the page, through every shadow root. */
function text(node: Node = document.body): string {
  if (node instanceof Text) return node.data
  const children = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
  return node instanceof HTMLStyleElement ? '' : children.map((child) => text(child)).join(' ')
}
const shows = (wanted: RegExp) => expect.poll(() => text().replaceAll(/\s+/g, ' ')).toMatch(wanted)

async function violations(): Promise<string[]> {
  const found = await axe.run(document.querySelector('tiffin-restaurant') as HTMLElement, { resultTypes: ['violations'] })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

async function open(path: string, ...documents: Board[]) {
  history.replaceState(null, '', path)
  document.body.replaceChildren(document.createElement('tiffin-restaurant'))
  await expect.poll(() => wire).toBeTruthy()
  documents.forEach((document) => push(document))
}

const now = Date.now()
const fresh = (id: string, change = {}) => ticket(id, change, Date.now())
const before = location.pathname + location.search

beforeEach(async () => {
  await page.viewport(1280, 900)
  vi.stubGlobal('fetch', vi.fn(answer))
  sent.length = 0
  refuse = {}
  wire = undefined
  localStorage.removeItem('tiffin.sound')
  session.choose({ persona_id: 'P1', name: 'Owner of Dal & Daughters', roles: ['restaurant'], restaurant_id: 'R1' })
})

afterEach(() => {
  document.body.replaceChildren()
  history.replaceState(null, '', before)
  vi.unstubAllGlobals()
})

test('a ticket goes through the columns as the board says', async () => {
  const opened = fresh('7G2K')
  await open('/restaurant', board(opened))
  await shows(/New 1 Ticket 7G2K Answer in .*2 × Masala dosa Large, Ghee no onions/)
  await page.getByRole('button', { name: 'Accept · 20 min' }).click()
  await expect.poll(() => sent).toEqual([{ method: 'POST', path: `tickets/${opened.ticket_id}:accept`, body: { ready_in: '1200s' } }])
  const changed_at = new Date(now + 1000).toISOString()
  push(board({ ...opened, status: 'ACCEPTED', ready_at: new Date(now + 1_200_000).toISOString(), changed_at }))
  await page.getByRole('button', { name: 'Start cooking' }).click()
  push(board({ ...opened, status: 'STARTED', ready_at: new Date(now + 1_200_000).toISOString(), changed_at: new Date(now + 2000).toISOString() }))
  await page.getByRole('button', { name: 'It’s ready' }).click()
  push(board({ ...opened, status: 'READY', changed_at: new Date(now + 3000).toISOString() }))
  await page.getByRole('button', { name: 'Handed over' }).click()
  push(board())
  await shows(/New 0.*Ready 0/)
  expect(sent.map(({ path }) => path.split(':')[1])).toEqual(['accept', 'start', 'ready', 'handOver'])
  expect(await violations()).toEqual([])
})

test('another time is one press, or a question', async () => {
  const opened = fresh('A')
  await open('/restaurant', board(opened))
  await page.getByRole('button', { name: 'Accept, ready in 30 minutes' }).click()
  await expect.poll(() => sent[0]?.body).toEqual({ ready_in: '1800s' })
  push(board({ ...opened, status: 'ACCEPTED', ready_at: new Date(Date.now() + 600_000).toISOString(), changed_at: new Date().toISOString() }))
  await page.getByRole('button', { name: 'Delay…' }).click()
  await page.getByRole('button', { name: '+15 min' }).click()
  await page.getByRole('button', { name: 'Say that it takes longer' }).click()
  await expect.poll(() => parseInt(sent[1]?.body.ready_in)).toBeGreaterThan(1480)
  expect(parseInt(sent[1]?.body.ready_in)).toBeLessThanOrEqual(1500)
})

test('a no of the kitchen stands on the ticket', async () => {
  const opened = fresh('A')
  refuse[`tickets/${opened.ticket_id}:accept`] = () => json({ status: 409, code: 'TICKET_NOT_OPEN', detail: 'This ticket is no longer open.' }, 409)
  await open('/restaurant', board(opened))
  await page.getByRole('button', { name: 'Accept · 20 min' }).click()
  await shows(/This ticket is no longer open/)
  expect(await violations()).toEqual([])
})

test('what is sold out is rejected by name, and taken off the menu', async () => {
  const opened = fresh('A')
  await open('/restaurant', board(opened))
  await page.getByRole('button', { name: 'Reject…' }).click()
  await page.getByRole('button', { name: 'Reject it' }).click()
  await shows(/Please choose why/)
  await page.getByLabelText('Something is sold out').click()
  await page.getByRole('checkbox', { name: 'Lassi' }).click()
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: 'Reject it' }).click()
  await expect.poll(() => sent).toEqual([
    { method: 'POST', path: `tickets/${opened.ticket_id}:reject`, body: { reason_code: 'ITEMS_SOLD_OUT', reason: 'Sorry, we are out of Lassi.', sold_out_item_ids: ['LASSI'] } },
    { method: 'POST', path: 'restaurants/R1/menu/items/LASSI:soldOut', body: {} },
  ])
})

test('an item is marked sold out from the ticket', async () => {
  await open('/restaurant', board(fresh('A')))
  await page.getByRole('button', { name: 'Mark Lassi sold out' }).click()
  await expect.poll(() => sent[0]?.path).toBe('restaurants/R1/menu/items/LASSI:soldOut')
  push({ ...board(fresh('A')), sold_out_item_ids: ['LASSI'] })
  await expect.element(page.getByRole('button', { name: 'Mark Lassi sold out' })).not.toBeInTheDocument()
})

test('nobody cooks on what was cancelled, and a question about it goes away', async () => {
  const cooking = fresh('7G2K', { status: 'STARTED', ready_at: new Date(now + 600_000).toISOString() })
  await open('/restaurant', board(cooking))
  await page.getByRole('button', { name: 'Delay…' }).click()
  await expect.element(page.getByRole('dialog')).toBeInTheDocument()
  push(board({ ...cooking, status: 'CANCELLED', started: true, reason: 'The customer changed their mind', changed_at: new Date().toISOString() }))
  await shows(/Stop cooking 7G2K 2 Masala dosa, 1 Lassi Cancelled at .*The customer changed their mind/)
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => document.querySelector('t-announcer[aria-live="assertive"]')?.textContent).toBe('Stop: ticket 7G2K is cancelled.')
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: 'Seen, take 7G2K away' }).click()
  await expect.element(page.getByText('Stop cooking')).not.toBeInTheDocument()
})

test('a new ticket calls: in the title, in words, and on the other pages, too', async () => {
  await open('/restaurant', board())
  await shows(/Nothing waits for an answer/)
  push(board(fresh('7G2K')))
  await expect.poll(() => document.title).toBe('(1) Tickets · Tiffin')
  await expect.poll(() => document.querySelector('t-announcer[aria-live="polite"]')?.textContent).toBe('New ticket 7G2K: 2 Masala dosa, 1 Lassi.')
  navigate('/restaurant/menu', { replace: true })
  await shows(/Add an item/)
  expect(document.title).toBe('(1) Menu · Tiffin')
  push(board(fresh('7G2K'), fresh('8H3L')))
  await shows(/New ticket 8H3L/)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect.poll(() => location.pathname).toBe('/restaurant')
  push(board())
  await expect.poll(() => document.title).toBe('Tickets · Tiffin')
})

test('a board that is behind says so, and still shows what it had', async () => {
  await open('/restaurant', board(fresh('7G2K')))
  await shows(/7G2K/)
  wire?.close()
  wire = undefined
  await expect.poll(() => wire).toBeTruthy()
  push(board(fresh('7G2K')), 'stale')
  await shows(/Showing what we had.*7G2K/)
  push(board(fresh('7G2K')))
  await expect.element(page.getByText('Catching up')).not.toBeInTheDocument()
})

test('a phone shows one state at a time', async () => {
  await page.viewport(390, 844)
  await open('/restaurant', board(fresh('7G2K'), fresh('8H3L', { status: 'READY' })))
  await shows(/New 1 to answer/)
  await expect.element(page.getByText('8H3L')).not.toBeInTheDocument()
  await page.getByRole('tab', { name: /^Ready/ }).click()
  await expect.element(page.getByRole('button', { name: 'Handed over' })).toBeInTheDocument()
  await expect.element(page.getByText('7G2K')).not.toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
  expect(await violations()).toEqual([])
})

test('the restaurant pauses with a reason, and takes orders again', async () => {
  await open('/restaurant', board())
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'A short break' }).click()
  await page.getByRole('button', { name: 'Stop taking orders' }).click()
  await expect.poll(() => sent[0]).toEqual({ method: 'POST', path: 'restaurants/R1:pause', body: { reason: 'A short break' } })
  push({ ...board(), openness: { paused: true, pause_reason: 'A short break', open_now: false } })
  await shows(/Paused: A short break/)
  await page.getByRole('button', { name: 'Take orders again' }).click()
  await expect.poll(() => sent[1]?.path).toBe('restaurants/R1:open')
})

test('an item is changed to the last unit, and the server’s word stands at its field', async () => {
  refuse['restaurants/R1/menu/items/01KBDOSA'] = () => json({ status: 400, code: 'INVALID', detail: 'the request is not valid', violations: [{ field: 'item.section', description: 'is too long' }] }, 400)
  await open('/restaurant/menu', board())
  await page.getByRole('button', { name: 'Change Masala dosa' }).click()
  await page.getByLabelText('Price in EUR').fill('nine')
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(/Please write an amount such as 9\.50/)
  await page.getByLabelText('Price in EUR').fill('10,5')
  await page.getByRole('button', { name: 'Add an option to Size' }).click()
  await page.getByLabelText('Option', { exact: true }).nth(2).fill('Family')
  await page.getByLabelText('Adds').nth(2).fill('4')
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(/Not saved yet.*Is too long\./)
  expect(sent[0]?.body).toMatchObject({ name: 'Masala dosa', rank: 3, price: { currency_code: 'EUR', minor_units: '1050' }, option_groups: [{ options: [{ option_id: 's', price_difference: '-150' }, { option_id: 'l', price_difference: '0' }, { name: 'Family', price_difference: '400' }] }] })
  refuse = {}
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(/Masala dosa is on the menu as you wrote it/)
})

test('what was written is not lost by a press beside it', async () => {
  await open('/restaurant/menu', board())
  await page.getByRole('button', { name: 'Add an item to Mains' }).click()
  await page.getByLabelText('Name').fill('Uttapam')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Go on writing' }).click()
  await expect.element(page.getByLabelText('Name')).toHaveValue('Uttapam')
  await page.getByLabelText('Price in EUR').fill('8')
  await page.getByRole('button', { name: 'Choose a picture' }).click()
  await page.getByRole('button', { name: 'pancakes' }).click()
  await page.getByRole('button', { name: 'Put it on the menu' }).click()
  await expect.poll(() => sent[0]?.body).toMatchObject({ name: 'Uttapam', section: 'Mains', image: 'pancakes', rank: 4, price: { minor_units: '800' } })
})

test('an item comes off the menu only after a second yes, and another comes back', async () => {
  await open('/restaurant/menu', board())
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: 'It’s back: Lassi' }).click()
  await expect.poll(() => sent.map(({ path }) => path)).toEqual(['restaurants/R1/menu/items/01KBLASSI:back'])
  await page.getByRole('button', { name: 'Change Lassi' }).click()
  await page.getByRole('button', { name: 'Take it off the menu…' }).click()
  expect(sent).toHaveLength(1)
  await page.getByRole('button', { name: 'Take it off', exact: true }).click()
  await expect.poll(() => sent[1]).toMatchObject({ method: 'DELETE', path: 'restaurants/R1/menu/items/01KBLASSI' })
})

test('the sales are plotted, and can be read', async () => {
  await open('/restaurant/sales', board())
  await shows(/Today Sold .*48[.,]20.*Orders 3.*4 × Masala dosa/)
  await expect.element(page.getByRole('img', { name: /^By day\. Most: Monday, November 23, .*48[.,]20, 3 orders\.$/ })).toBeInTheDocument()
  expect(await violations()).toEqual([])
})

test('somebody without a restaurant is shown none', async () => {
  session.choose({ persona_id: 'P2', name: 'Noor', roles: ['operations'] })
  history.replaceState(null, '', '/restaurant')
  document.body.replaceChildren(document.createElement('tiffin-restaurant'))
  await shows(/Noor has no restaurant/)
  expect(fetch).not.toHaveBeenCalled()
})
