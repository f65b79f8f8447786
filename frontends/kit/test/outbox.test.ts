import { describe, expect, test } from 'vitest'
import { Problem } from '../src/client/problem.ts'
import type { Entry } from '../src/outbox/command.ts'
import { commandTaken, Outbox, type OutboxOptions } from '../src/outbox/outbox.ts'
import { PageStore } from '../src/outbox/store.ts'

const ok = () => new Response('{}')
const down = new Problem({ code: 'NETWORK', detail: 'No line.' })
const order = (name: string, lane = 'D1') => ({ lane, path: `/api/courier/v1/deliveries/${lane}:${name}`, about: { name } })

/** An outbox whose server answers as the test says, and whose timers run when the test lets them. */
function box(over: Partial<OutboxOptions> = {}) {
  const sent: { name: string; key: string; body: string }[] = []
  const answers: (Problem | undefined)[] = []
  const timers: { milliseconds: number; then: () => void }[] = []
  const who = { owner: 'mina' as string | undefined }
  const store = new PageStore()
  const options: OutboxOptions = {
    store: async () => store, owner: () => who.owner, alone: (work) => work(),
    later: (milliseconds, then) => {
      const timer = { milliseconds, then }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0)
    },
    send: async (request) => {
      sent.push({ name: request.url.split(':').at(-1) ?? '', key: request.headers.get('Idempotency-Key') ?? '', body: await request.text() })
      const answer = answers.shift()
      if (answer) throw answer
      return ok()
    },
    ...over,
  }
  const outbox = new Outbox(options)
  const names = (entries: readonly Entry[]) => entries.map((entry) => entry.about['name'])
  return { outbox, sent, answers, timers, who, store, options, pending: () => names(outbox.pending), refused: () => names(outbox.refused) }
}

describe('a command', () => {
  test('is kept before it is sent, and goes when it was taken', async () => {
    const taken: unknown[] = []
    const { outbox, store, pending } = box({ send: async () => (expect((await store.all()).length).toBe(1), ok()) })
    outbox.addEventListener(commandTaken, (event) => taken.push((event as CustomEvent<Entry>).detail.about))
    const given = outbox.add(order('pickUp'))
    expect(pending()).toEqual(['pickUp'])
    await given
    await outbox.flush()
    expect(pending()).toEqual([])
    expect(await store.all()).toEqual([])
    expect(taken).toEqual([{ name: 'pickUp' }])
  })

  test('that finds no line is sent again by itself, under the same key, with growing pauses', async () => {
    const { outbox, sent, answers, timers, pending } = box()
    answers.push(down, down)
    await outbox.add({ ...order('deliver'), body: { reason: 'x' } })
    await outbox.flush()
    expect(pending()).toEqual(['deliver'])
    expect(outbox.trouble).toMatchObject({ code: 'NETWORK' })
    for (const _ of [1, 2]) {
      expect(timers).toHaveLength(1)
      timers.shift()?.then()
      await outbox.flush()
    }
    expect(pending()).toEqual([])
    expect(outbox.trouble).toBeUndefined()
    expect(timers).toEqual([])
    expect(new Set(sent.map((one) => one.key + one.body)).size).toBe(1)
    expect(sent[0]?.key).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    expect(sent).toHaveLength(3)
  })

  test.each([400, 403, 404, 409, 422])('that is refused with %i is not sent again, and stays until it was read', async (status) => {
    const { outbox, sent, answers, pending, refused } = box()
    answers.push(new Problem({ status, code: 'OFFER_EXPIRED', detail: 'this offer has expired' }))
    await outbox.add(order('accept'))
    await outbox.flush()
    await outbox.flush()
    expect(sent).toHaveLength(1)
    expect([pending(), refused()]).toEqual([[], ['accept']])
    expect(outbox.refused[0]?.refusal).toEqual({ code: 'OFFER_EXPIRED', detail: 'this offer has expired', status })
    await outbox.dismiss(outbox.refused[0]!)
    expect(refused()).toEqual([])
  })

  test.each([408, 425, 429, 500, 503])('that is answered with %i stays', async (status) => {
    const { outbox, answers, pending } = box()
    answers.push(new Problem({ status }))
    await outbox.add(order('pickUp'))
    await outbox.flush()
    expect(pending()).toEqual(['pickUp'])
  })

  test('that it is too late for is told instead of sent, and what is known of it is said', async () => {
    let now = 0
    const { outbox, sent, answers, refused } = box({ now: () => now })
    answers.push(down)
    await outbox.add({ ...order('startShift', 'C1'), within: 1000 })
    await outbox.flush()
    now = 1000
    await outbox.flush()
    expect(refused()).toEqual(['startShift'])
    expect(outbox.refused[0]?.refusal?.detail).toContain('we don’t know whether it arrived')
    expect(sent).toHaveLength(1)
  })

  test('that can’t be kept is not sent, and whoever gave it learns so', async () => {
    const store = Object.assign(new PageStore(), { add: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) })
    const { outbox, sent, pending } = box({ store: async () => store })
    await expect(outbox.add(order('pickUp'))).rejects.toMatchObject({ code: 'NOT_KEPT' })
    expect([pending(), sent]).toEqual([[], []])
  })
})

test('what another tab sent is taken once, however many looks find it gone', async () => {
  const { outbox, answers, store } = box()
  let taken = 0
  outbox.addEventListener(commandTaken, () => taken++)
  answers.push(down)
  await outbox.add(order('pickUp'))
  await outbox.flush()
  const looks = [outbox.look(), store.remove(outbox.pending[0]!.seq), outbox.look(), outbox.look()]
  await Promise.all(looks)
  expect([taken, outbox.pending]).toEqual([1, []])
})

test('a look that answers late does not bring back what is gone', async () => {
  const kept = new PageStore()
  const held: (() => void)[] = []
  let slow = false
  const { outbox, answers } = box({
    store: async () => Object.assign(Object.create(kept) as PageStore, {
      add: (entry: Omit<Entry, 'seq'>) => kept.add(entry), replace: (entry: Entry) => kept.replace(entry), remove: (seq: number) => kept.remove(seq),
      all: async () => {
        const entries = await kept.all()
        if (slow) await new Promise<void>((resolve) => held.push(resolve))
        return entries
      },
    }),
  })
  answers.push(down)
  await outbox.add(order('pickUp'))
  await outbox.flush()
  slow = true
  const late = outbox.look()
  await expect.poll(() => held.length).toBe(1)
  slow = false
  await kept.remove(outbox.pending[0]!.seq)
  await outbox.look()
  held[0]?.()
  await late
  expect(outbox.pending).toEqual([])
})

describe('lanes', () => {
  test('keep their order, and one that is stuck holds up no other', async () => {
    const { outbox, sent, answers, pending } = box()
    answers.push(down)
    await outbox.add(order('pickUp'))
    await outbox.flush()
    answers.push(down)
    await outbox.add(order('deliver'))
    await outbox.flush()
    answers.push(new Problem({ status: 503 }))
    await outbox.add(order('startShift', 'C1'))
    await outbox.flush()
    expect(sent.map((one) => one.name)).toEqual(['pickUp', 'pickUp', 'pickUp', 'startShift'])
    expect(pending()).toEqual(['pickUp', 'deliver'])
    await outbox.flush()
    expect(sent.slice(4).map((one) => one.name)).toEqual(['pickUp', 'deliver'])
    expect(pending()).toEqual([])
  })

  test('go on after a refusal: the server judges each', async () => {
    const { outbox, answers, pending, refused } = box()
    answers.push(new Problem({ status: 409 }))
    await Promise.all([outbox.add(order('pickUp')), outbox.add(order('deliver'))])
    await outbox.flush()
    expect([pending(), refused()]).toEqual([[], ['pickUp']])
  })
})

describe('the owner', () => {
  test('is waited for when their token is no good, without asking again and again', async () => {
    const { outbox, answers, timers, pending } = box()
    answers.push(new Problem({ status: 401 }))
    await outbox.add(order('pickUp'))
    await outbox.flush()
    expect([pending(), outbox.trouble?.status, timers]).toEqual([['pickUp'], 401, []])
    outbox.ownerChanged()
    await outbox.flush()
    expect(pending()).toEqual([])
  })

  test('is the only one whose token it leaves with', async () => {
    const { outbox, sent, answers, who, pending } = box()
    answers.push(down)
    await outbox.add(order('pickUp'))
    await outbox.flush()
    who.owner = 'omar'
    const before = sent.length
    outbox.ownerChanged()
    await outbox.flush()
    expect([pending(), sent.length]).toEqual([[], before])
    who.owner = 'mina'
    outbox.ownerChanged()
    await outbox.flush()
    expect(sent.length).toBe(before + 1)
  })

  test('calls back what is on the way when somebody else comes', async () => {
    const aborted: unknown[] = []
    let leave = () => {}
    const onWay = new Promise<void>((resolve) => (leave = resolve))
    const { outbox, who } = box({
      send: (request) => new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => (aborted.push(request.signal.reason), reject(request.signal.reason)))
        leave()
      }),
    })
    await outbox.add(order('pickUp'))
    await onWay
    who.owner = 'omar'
    outbox.ownerChanged()
    await outbox.flush()
    expect(aborted).toHaveLength(1)
    who.owner = 'mina'
    expect(outbox.pending).toHaveLength(1)
  })

  test('is needed to give a command', async () => {
    const { outbox, who } = box()
    who.owner = undefined
    await expect(outbox.add(order('pickUp'))).rejects.toMatchObject({ status: 401 })
  })
})
