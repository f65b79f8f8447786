import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { Problem } from '../src/client/problem.ts'
import type { Entry } from '../src/outbox/command.ts'
import { commandTaken, Outbox, type OutboxOptions } from '../src/outbox/outbox.ts'
import { BrowserStore } from '../src/outbox/store.ts'

// What only a browser has: IndexedDB, its locks, and more than one page over both.
const database = 'tiffin-outbox-test'
const order = (name: string) => ({ lane: 'D1', path: `/deliveries/D1:${name}`, about: { name } })
let online = true
let sent: { name: string; key: string }[] = []
let onWay = 0
let most = 0

function page(over: Partial<OutboxOptions> = {}) {
  const channel = new BroadcastChannel(database)
  const opened = BrowserStore.open(database)
  const outbox = new Outbox({
    store: () => opened, owner: () => 'mina', later: () => () => {}, tell: () => channel.postMessage('changed'),
    alone: async (work) => void (await navigator.locks.request(database, work)),
    send: async (request) => {
      most = Math.max(most, ++onWay)
      await new Promise((resolve) => setTimeout(resolve))
      onWay--
      if (!online) throw new Problem({ code: 'NETWORK' })
      sent.push({ name: request.url.split(':').at(-1) ?? '', key: request.headers.get('Idempotency-Key') ?? '' })
      return new Response('{}')
    },
    ...over,
  })
  channel.addEventListener('message', () => void outbox.look())
  const close = async () => {
    channel.close()
    const store = await opened
    store.close()
  }
  onTestFinished(close)
  return { outbox, close }
}

beforeEach(() => {
  online = true
  sent = []
  most = 0
})

afterEach(() => new Promise<void>((resolve, reject) => {
  const request = indexedDB.deleteDatabase(database)
  request.onsuccess = () => resolve()
  request.onerror = () => reject(request.error)
}))

const names = (entries: readonly Entry[]) => entries.map((entry) => entry.about['name'])

test('what was tapped without a connection outlives the page, and leaves in its order', async () => {
  online = false
  const before = page()
  await before.outbox.add(order('pickUp'))
  await before.outbox.add({ ...order('fail'), body: { reason: 'Nobody is there' } })
  await before.outbox.flush()
  expect(names(before.outbox.pending)).toEqual(['pickUp', 'fail'])
  const keys = before.outbox.pending.map((entry) => entry.id)
  await before.close()

  online = true
  const after = page()
  await after.outbox.flush()
  expect(sent).toEqual([{ name: 'pickUp', key: keys[0] }, { name: 'fail', key: keys[1] }])
  expect(after.outbox.pending).toEqual([])
})

test('two pages send nothing twice, and both learn that it was taken', async () => {
  const [one, two] = [page(), page()]
  const taken: string[] = []
  for (const [name, { outbox }] of Object.entries({ one, two })) {
    outbox.addEventListener(commandTaken, (event) => taken.push(`${name} ${(event as CustomEvent<Entry>).detail.about['name']}`))
  }
  online = false
  await one.outbox.add(order('pickUp'))
  await one.outbox.flush()
  await expect.poll(() => names(two.outbox.pending)).toEqual(['pickUp'])
  online = true
  await Promise.all([one.outbox.flush({ anew: true }), two.outbox.flush({ anew: true }), two.outbox.add(order('deliver'))])
  await Promise.all([one.outbox.flush(), two.outbox.flush()])
  await expect.poll(() => [...taken].sort()).toEqual(['one deliver', 'one pickUp', 'two deliver', 'two pickUp'])
  expect(sent.map((one) => one.name)).toEqual(['pickUp', 'deliver'])
  expect(most, 'one on the way at a time').toBe(1)
})

test('a refusal is told in every page, until it was read in one', async () => {
  const [one, two] = [page({ send: () => Promise.reject(new Problem({ status: 409, code: 'OFFER_EXPIRED', detail: 'this offer has expired' })) }), page()]
  await one.outbox.add(order('accept'))
  await one.outbox.flush()
  await expect.poll(() => two.outbox.refused.map((entry) => entry.refusal?.code)).toEqual(['OFFER_EXPIRED'])
  await two.outbox.dismiss(two.outbox.refused[0]!)
  await expect.poll(() => one.outbox.refused).toEqual([])
})
