import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import axe from 'axe-core'
import { session } from '@tiffin/kit'
import '@tiffin/kit/forms'
import '../src/index.ts'
import { basket } from '../src/basket/store.ts'
import type { Customer } from '../src/shared/api.ts'
import { cityCentre, place } from '../src/shared/place.ts'
import { kitchen } from './fixtures.ts'

// The page of whoever is signed in, in a real browser, against answers at the edge of the network.
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const home = { address_id: 'A1', label: 'Home', line: '12 Lake Road', latitude: 52.513, longitude: 13.398 }
const asha = (change: Customer = {}): Customer => ({ customer_id: 'P1', status: 'REGISTERED', name: 'Asha', phone: '', addresses: [home], ...change })

let sent: { method: string; path: string; body: unknown }[]
let refusal: Response | undefined
let watched: () => Response
let push: (customer: Customer) => void

const stream = (first: Customer) => new Response(new ReadableStream({
  start: (controller) => {
    push = (customer) => controller.enqueue(new TextEncoder().encode(`id: p\nevent: document\ndata: ${JSON.stringify(customer)}\n\n`))
    push(first)
  },
}), { headers: { 'Content-Type': 'text/event-stream' } })

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input as RequestInfo, init)
  const { pathname } = new URL(request.url)
  if (pathname.endsWith(':token')) return json({ access_token: 'a.b.c' })
  if (pathname.endsWith(':watch')) return watched()
  if (request.method !== 'GET') {
    sent.push({ method: request.method, path: pathname.replace('/api/customer/v1', ''), body: await request.json().catch(() => undefined) })
    return refusal ?? json({})
  }
  if (pathname.includes('/customers/')) return json(asha())
  if (pathname.includes('/restaurants/')) return json({ ...kitchen(), delivers_here: true })
  throw new Error(`nobody asked for ${pathname}`)
}

function text(node: Node = document.body): string {
  if (node instanceof Text) return node.data
  const children = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
  return node instanceof HTMLStyleElement ? '' : children.map((child) => text(child)).join(' ')
}
const shows = (wanted: RegExp) => expect.poll(() => text().replaceAll(/\s+/g, ' ')).toMatch(wanted)
function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}
// What is still fading in would be measured halfway.
for (const time of ['--t-fast', '--t-normal', '--t-slow']) document.documentElement.style.setProperty(time, '0s')
const accessible = async () => {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'landmark-one-main': { enabled: false } } })
  expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}`))).toEqual([])
}

function open(path = '/you') {
  history.replaceState(null, '', path)
  document.body.replaceChildren(document.createElement('tiffin-customer'))
}

const before = location.pathname + location.search
beforeEach(() => {
  vi.stubGlobal('fetch', vi.fn(answer))
  sent = []
  refusal = undefined
  watched = () => stream(asha())
  session.choose({ persona_id: 'P1', name: 'Asha', roles: ['customer'] })
  basket.set(undefined)
  place.set({ line: '1 Elsewhere', latitude: 52.52, longitude: 13.405 })
})
afterEach(() => {
  document.body.replaceChildren()
  history.replaceState(null, '', before)
  vi.unstubAllGlobals()
})

test('name and phone are saved, and what changes elsewhere shows', async () => {
  open()
  await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Asha')
  await accessible()
  await page.getByLabelText('Name', { exact: true }).fill(' Asha K. ')
  await page.getByLabelText('Phone').fill('+49 30 1')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => sent).toEqual([{ method: 'PUT', path: '/customers/P1', body: { name: 'Asha K.', phone: '+49 30 1' } }])
  await shows(/Saved\./)
  push(asha({ name: 'Asha of elsewhere' }))
  await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Asha of elsewhere')
})

test('what is wrong with a field is said at the field', async () => {
  open()
  await page.getByLabelText('Name', { exact: true }).fill('  ')
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(/Please say what we call you\./)
  expect(sent).toEqual([])
  await page.getByLabelText('Name', { exact: true }).fill('Asha')
  await page.getByLabelText('Phone').fill('none of yours')
  refusal = json({ status: 400, code: 'INVALID', detail: 'That is not right.', violations: [{ field: 'phone', description: 'must be a number' }] }, 400)
  await page.getByRole('button', { name: 'Save' }).click()
  await shows(/Must be a number\./)
  await expect.poll(focused).toBe(page.getByLabelText('Phone').element())
  await accessible()
})

test('an address is added where the map was pressed, and a lost answer makes no second one', async () => {
  watched = () => stream(asha({ addresses: [] }))
  open()
  await shows(/None yet\./)
  await page.getByRole('button', { name: 'Add an address' }).click()
  await page.getByRole('button', { name: 'Keep this address' }).click()
  await shows(/Please say where we ring the bell\./)
  await page.getByLabelText('Name of the place').fill('Home')
  await page.getByLabelText('Street and number').fill('12 Lake Road')
  await accessible()
  refusal = json({ status: 409, code: 'TOO_MANY_ADDRESSES', detail: '20 addresses are kept at most' }, 409)
  await page.getByRole('button', { name: 'Keep this address' }).click()
  await shows(/20 addresses are kept at most/)
  refusal = undefined
  await page.getByRole('button', { name: 'Keep this address' }).click()
  await expect.poll(() => sent.length).toBe(2)
  expect(sent[1]).toMatchObject({ method: 'PUT', body: { label: 'Home', line: '12 Lake Road', latitude: 52.52, longitude: 13.405 } })
  expect(sent[1]?.path).toMatch(/^\/customers\/P1\/addresses\/[0-9A-Z]{26}$/)
  expect(sent[1]?.path).toBe(sent[0]?.path)
})

test('an address is changed under its id, and removed after a second yes', async () => {
  open()
  await page.getByRole('button', { name: 'Change Home' }).click()
  await page.getByLabelText('Street and number').fill('14 Lake Road')
  await page.getByRole('button', { name: 'Keep this address' }).click()
  await expect.poll(() => sent).toMatchObject([{ method: 'PUT', path: '/customers/P1/addresses/A1', body: { label: 'Home', line: '14 Lake Road', latitude: 52.513, longitude: 13.398 } }])
  await page.getByRole('button', { name: 'Remove Home' }).click()
  await shows(/Remove this address\?/)
  expect(sent).toHaveLength(1)
  await page.getByRole('button', { name: 'Yes, remove it' }).click()
  await expect.poll(() => sent[1]).toMatchObject({ method: 'DELETE', path: '/customers/P1/addresses/A1' })
})

test('erasing says what goes and what stays, takes a typed word, and is followed to its end', async () => {
  open()
  await page.getByRole('button', { name: 'Erase my data' }).click()
  await shows(/What goes.*your addresses.*What stays.*Nothing in them says whose.*cancelled.*card processor keeps.*can’t be undone/)
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await shows(/Please type the word erase\./)
  await accessible()
  expect(sent).toEqual([])
  await page.getByLabelText('Type “erase” to go on').fill('Erase')
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await expect.poll(() => sent).toMatchObject([{ method: 'POST', path: '/customers/P1:erase' }])
  push(asha({ status: 'LEAVING' }))
  await expect.element(page.getByRole('heading', { name: 'You are leaving' })).toBeInTheDocument()
  expect(place.value).toEqual(cityCentre)
  expect(session.persona?.persona_id).toBe('P1')
  push({ customer_id: 'P1', status: 'ERASED' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'You are erased' })).toBeInTheDocument()
  expect(session.persona).toBeUndefined()
  await accessible()
})

test('who is not known is told so, and nobody is shown nothing', async () => {
  watched = () => json({ status: 404, code: 'CUSTOMER_NOT_FOUND', detail: 'there is no customer P1' }, 404)
  open()
  await shows(/We don’t know you yet/)
  session.leave()
  await shows(/Who are you\?/)
})

test('a line that is down says so, and goes on trying', async () => {
  watched = () => { throw new TypeError('down') }
  open()
  await shows(/We keep trying/)
})

test('an address that is kept is chosen at the checkout, and one that is typed can be kept', async () => {
  basket.add(kitchen(), { item_id: 'LASSI', name: 'Lassi', image: '', quantity: 4, option_ids: [], option_names: [], unit_price: { currency_code: 'EUR', minor_units: '390' }, note: '' })
  open('/checkout')
  await page.getByRole('button', { name: 'Keep this address' }).click()
  await expect.element(page.getByRole('dialog')).toBeInTheDocument()
  await page.getByLabelText('Name of the place').fill('Away')
  await page.getByRole('button', { name: 'Keep this address' }).last().click()
  await expect.poll(() => sent).toMatchObject([{ method: 'PUT', body: { label: 'Away', line: '1 Elsewhere', latitude: 52.52, longitude: 13.405 } }])
  await page.getByRole('button', { name: 'Home', exact: true }).click()
  expect(place.value).toEqual({ line: '12 Lake Road', latitude: 52.513, longitude: 13.398 })
  await expect.element(page.getByRole('button', { name: 'Keep this address' })).not.toBeInTheDocument()
  await accessible()
})
