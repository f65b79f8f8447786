// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { Problem } from '../src/client/problem.ts'
import type { Entry } from '../src/outbox/command.ts'
import { Outbox } from '../src/outbox/outbox.ts'
import { PageStore, type Store } from '../src/outbox/store.ts'

// Histories at random: two tabs over one store, people who tap, a line that loses requests and answers, a server that
// refuses some, and tabs that die between any two steps. Whatever happens, each command takes effect once, in its order.
const histories = 500
vi.stubGlobal('location', { origin: 'http://tiffin.test' })

const never = new Promise<never>(() => {})

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { chance: (share: number) => next() < share, upTo: (limit: number) => Math.floor(next() * limit) }
}

class World {
  readonly store = new PageStore()
  readonly effects = new Map<string, string[]>()
  readonly outcomes = new Map<string, boolean>()
  /** Commands that the page said were kept, by lane in their order. */
  readonly kept = new Map<string, string[]>()
  readonly given = new Set<string>()
  wild = true
  onWay = 0
  #turn: Promise<void> = Promise.resolve()
  readonly dice: ReturnType<typeof dice>

  constructor(seed: number) {
    this.dice = dice(seed)
  }

  /** A lock that its holder's death sets free, as a browser's does. */
  async alone(work: () => Promise<void>, dead: Promise<void>): Promise<void> {
    const before = this.#turn
    let free = () => {}
    this.#turn = new Promise((resolve) => (free = resolve))
    await before
    await Promise.race([work(), dead]).finally(free)
  }

  /** What arrives takes effect once a key; a repetition gets the first outcome, and what was refused is judged anew. */
  arrives(key: string, lane: string, name: string): void {
    expect(this.given).toContain(name)
    if (this.outcomes.get(key)) return
    const taken = !name.endsWith('7')
    this.outcomes.set(key, taken)
    if (!taken) throw new Problem({ status: 409, code: 'NO' })
    this.effects.set(lane, [...(this.effects.get(lane) ?? []), name])
  }
}

class Tab {
  readonly outbox: Outbox
  dead = false
  die = () => {}
  readonly death = new Promise<void>((resolve) => (this.die = () => { this.dead = true; resolve() }))

  constructor(world: World) {
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      if (this.dead || (world.wild && world.dice.chance(0.02))) return this.#end()
      const result = await work()
      return this.dead || (world.wild && world.dice.chance(0.02)) ? this.#end() : result
    }
    const store: Store = {
      add: (entry) => step(() => world.store.add(entry)), all: () => step(() => world.store.all()),
      replace: (entry) => step(() => world.store.replace(entry)), remove: (seq) => step(() => world.store.remove(seq)),
    }
    this.outbox = new Outbox({
      store: async () => store, owner: () => 'mina', later: () => () => {}, alone: (work) => world.alone(work, this.death),
      send: (request) => this.#send(world, request),
    })
  }

  async #send(world: World, request: Request): Promise<Response> {
    expect(++world.onWay, 'one on the way at a time').toBe(1)
    try {
      await Promise.resolve()
      if (this.dead) return await this.#end()
      if (world.wild && world.dice.chance(0.2)) throw new Problem({ code: 'NETWORK' })
      if (world.wild && world.dice.chance(0.1)) throw new Problem({ status: 503 })
      const [, lane = '', name = ''] = /\/(\w+):(\w+)$/.exec(request.url) ?? []
      world.arrives(request.headers.get('Idempotency-Key') ?? '', lane, name)
      if (world.wild && world.dice.chance(0.1)) return await this.#end()
      if (world.wild && world.dice.chance(0.2)) throw new Problem({ code: 'TIMEOUT' })
      return new Response('{}')
    } finally {
      world.onWay--
    }
  }

  // A dead tab takes no further step, and what it had under way is under way no more.
  #end(): Promise<never> {
    this.die()
    return Promise.race([never, this.death.then(() => Promise.reject(new Error('dead')))])
  }
}

async function history(seed: number): Promise<number> {
  const world = new World(seed)
  const tabs = [new Tab(world), new Tab(world)]
  let crashes = 0
  for (let count = 0, steps = 6 + world.dice.upTo(14); count < steps; count++) {
    const at = world.dice.upTo(tabs.length)
    if (tabs[at]!.dead) {
      crashes++
      tabs[at] = new Tab(world)
    }
    const { outbox } = tabs[at]!
    if (world.dice.chance(0.3)) void outbox.flush({ anew: true })
    else {
      const [lane, name] = [`D${world.dice.upTo(3)}`, `n${count}`]
      world.given.add(name)
      const kept = await outbox.add({ lane, path: `/${lane}:${name}`, about: { name } }).then(() => true, () => false)
      if (kept) world.kept.set(lane, [...(world.kept.get(lane) ?? []), name])
    }
    for (let pause = world.dice.upTo(12); pause > 0; pause--) await Promise.resolve()
  }
  world.wild = false
  const last = new Tab(world)
  await last.outbox.flush()
  expect(last.outbox.pending).toEqual([])
  judge(world, last.outbox.refused)
  return crashes
}

function judge(world: World, refused: readonly Entry[]): void {
  const told = refused.map((entry) => entry.about['name'])
  for (const [lane, names] of world.kept) {
    const effects = world.effects.get(lane) ?? []
    const wanted = names.filter((name) => !name.endsWith('7'))
    // What was not said to be kept, because the tab died over it, may have been kept all the same.
    expect(effects.filter((name) => wanted.includes(name))).toEqual(wanted)
    expect(new Set(effects).size, 'nothing twice').toBe(effects.length)
    for (const name of names) expect(told.filter((other) => other === name)).toHaveLength(name.endsWith('7') ? 1 : 0)
  }
}

test(`${histories} histories of taps, lost answers and crashes: each command once, in order`, async () => {
  let crashes = 0
  for (let seed = 1; seed <= histories; seed++) {
    crashes += await history(seed).catch((error: unknown) => {
      throw new Error(`history ${seed}: ${String(error)}`, { cause: error })
    })
  }
  expect(crashes, 'tabs that died').toBeGreaterThan(histories / 2)
  console.info(`outbox: ${histories} histories, ${crashes} tabs died in them`)
}, 120_000)
