import { backoff } from '../client/backoff.ts'
import { newId } from '../client/id.ts'
import { asProblem, Problem } from '../client/problem.ts'
import type { Entry, Order } from './command.ts'
import type { Store } from './store.ts'
import { tooLate, verdictOn } from './verdict.ts'

/** Fired on the outbox: what is pending or refused, or what it waits for, has changed, here or in another tab. */
export const outboxChanged = 'tiffin:outbox-changed'
/** Fired on the outbox when the server has taken a command, in whichever tab: detail is its entry. */
export const commandTaken = 'tiffin:command-taken'

export interface OutboxOptions {
  store: () => Promise<Store>
  /** Sends once, with the token of the owner. Rejects with a Problem, or with the signal's reason. */
  send: (request: Request) => Promise<Response>
  /** Who gives commands now; undefined is nobody. */
  owner: () => string | undefined
  /** Runs the work while no other tab runs its own. */
  alone: (work: () => Promise<void>) => Promise<void>
  /** Tells other tabs that what is kept has changed. */
  tell?: () => void
  now?: () => number
  /** Calls back later; returns what prevents it. */
  later?: (milliseconds: number, then: () => void) => () => void
}

const day = 86_400_000

/**
 * Outbox keeps commands until the server has answered them: each is kept on the device before it is sent, leaves under one
 * Idempotency-Key as often as it takes, in order within its lane, and goes when it was taken. One that is refused, or that
 * it is too late for, is not sent again and stays until the person has read why. Who sends is settled between tabs by a
 * lock; a tab that dies between the answer and forgetting it leaves a command that is sent again, and that the server knows.
 */
export class Outbox extends EventTarget {
  #entries: readonly Entry[] = []
  /** Given, and on the way to the disk. */
  #arriving: readonly Entry[] = []
  #trouble: Problem | undefined
  #store: Promise<Store> | undefined
  #wanted = false
  #flushing: Promise<void> | undefined
  #failures = 0
  /** Looks into the store, numbered: the last that began, and the last whose answer is shown. */
  #asked = 0
  #seen = 0
  #cancel = () => {}
  #stop = new AbortController()
  readonly #options: Required<OutboxOptions>

  constructor(options: OutboxOptions) {
    super()
    this.#options = { tell: () => {}, now: Date.now, later: timer, ...options }
  }

  /** What the present owner gave and the server has not answered, oldest first. */
  get pending(): readonly Entry[] {
    const kept = new Set(this.#entries.map((entry) => entry.id))
    return [...this.#entries, ...this.#arriving.filter((entry) => !kept.has(entry.id))].filter((entry) => !entry.refusal && this.#mine(entry))
  }

  /** What the server, or the clock, has said no to. */
  get refused(): readonly Entry[] {
    return this.#entries.filter((entry) => entry.refusal && this.#mine(entry))
  }

  /** Why what is pending does not move; undefined while it does. */
  get trouble(): Problem | undefined {
    return this.pending.length ? this.#trouble : undefined
  }

  /** Keeps a command, and begins to send it. Rejects if it could not be kept: then nothing was sent either. */
  async add({ lane, path, body = {}, about, within = day }: Order): Promise<void> {
    const owner = this.#options.owner()
    if (!owner) throw new Problem({ status: 401, code: 'UNAUTHENTICATED', detail: 'Please say who you are first.' })
    const at = this.#options.now()
    const entry = { id: newId(), owner, lane, path, body, about, at, until: at + within, tries: 0 }
    const arrived = () => (this.#arriving = this.#arriving.filter((other) => other.id !== entry.id))
    this.#arriving = [...this.#arriving, { ...entry, seq: Number.POSITIVE_INFINITY }]
    this.#changed()
    try {
      await (await this.#kept()).add(entry)
      await this.#load(arrived)
    } catch (cause) {
      arrived()
      this.#changed()
      throw new Problem({ code: 'NOT_KEPT', detail: 'This device could not keep that. Please try again.' }, { cause })
    }
    this.#options.tell()
    this.#wanted = true // a round that is about to end may not have seen it
    void this.flush()
  }

  /** Forgets a refusal that the person has read. */
  async dismiss(entry: Entry): Promise<void> {
    if (!entry.refusal) return
    await (await this.#kept()).remove(entry.seq)
    await this.#load()
    this.#options.tell()
  }

  /**
   * Sends what there is to send, and resolves when all is answered or nothing more can be done for now. Anew: something has
   * changed, so that what failed a moment ago may work. Never rejects.
   */
  flush({ anew = false } = {}): Promise<void> {
    if (anew) {
      this.#failures = 0
      this.#wanted = true
    }
    return (this.#flushing ??= this.#flush())
  }

  /** Somebody else gives commands now: what is on the way is called back, so that nothing leaves with the wrong token. */
  ownerChanged(): void {
    this.#stop.abort('somebody else')
    this.#stop = new AbortController()
    this.#trouble = undefined
    this.#changed()
    void this.flush({ anew: true })
  }

  /** Shows what another tab has changed. Never rejects. */
  async look(): Promise<void> {
    await this.#load().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    this.#cancel()
    do {
      this.#wanted = false
      await this.#options.alone(() => this.#round()).catch((error: unknown) => (this.#trouble = asProblem(error)))
    } while (this.#wanted)
    this.#flushing = undefined
    this.#changed()
    // Who is not signed in will be: that is an event of its own, and to ask again and again would be a nuisance.
    if (!this.trouble || this.#trouble?.status === 401) return
    this.#cancel = this.#options.later(backoff(this.#failures++, { base: 1000, cap: 30_000 }), () => void this.flush())
  }

  /** Sends the first of every lane until all are answered, or nothing more can be done for now. */
  async #round(): Promise<void> {
    const { signal } = this.#stop
    const blocked = new Set<string>()
    let trouble: Problem | undefined
    while (!signal.aborted) {
      await this.#load()
      const entry = this.#entries.find((other) => !other.refusal && this.#mine(other) && !blocked.has(other.lane))
      if (!entry) break
      const problem = await this.#send(entry, signal)
      if (!problem) {
        this.#failures = 0
        continue
      }
      trouble = problem
      this.#trouble = problem
      if (problem.status === 0 || problem.status === 401) break
      blocked.add(entry.lane)
    }
    this.#trouble = trouble
  }

  /** Sends one and keeps what came of it; returns why it has to be sent again. */
  async #send(entry: Entry, signal: AbortSignal): Promise<Problem | undefined> {
    const store = await this.#kept()
    if (this.#options.now() >= entry.until) {
      await this.#settle(store.replace({ ...entry, refusal: tooLate(entry) }))
      return undefined
    }
    const sent = { ...entry, tries: entry.tries + 1 }
    await store.replace(sent)
    let problem: Problem | undefined
    try {
      await this.#options.send(request(sent, signal))
    } catch (error) {
      problem = signal.aborted ? new Problem({ code: 'CALLED_BACK' }) : asProblem(error)
    }
    switch (verdictOn(problem)) {
      case 'taken':
        await this.#settle(store.remove(sent.seq))
        return undefined
      case 'refused':
        await this.#settle(store.replace({ ...sent, refusal: { code: problem?.code ?? '', detail: problem?.message ?? '', status: problem?.status ?? 0 } }))
        return undefined
      case 'again':
        return problem
    }
  }

  async #settle(change: Promise<void>): Promise<void> {
    await change
    await this.#load()
    this.#options.tell()
  }

  /** Takes over what is kept, and says what is no longer there: the server has taken it. */
  async #load(then = () => {}): Promise<void> {
    const store = await this.#kept()
    const turn = ++this.#asked
    const entries = await store.all()
    then()
    if (turn < this.#seen) return this.#changed() // a later look was faster
    this.#seen = turn
    const before = this.#entries
    this.#entries = entries
    const left = new Set(this.#entries.map((entry) => entry.seq))
    for (const entry of before) {
      if (!entry.refusal && !left.has(entry.seq)) this.dispatchEvent(new CustomEvent<Entry>(commandTaken, { detail: entry }))
    }
    this.#changed()
  }

  #kept(): Promise<Store> {
    return (this.#store ??= this.#options.store())
  }

  #mine(entry: Entry): boolean {
    return entry.owner === this.#options.owner()
  }

  #changed(): void {
    this.dispatchEvent(new Event(outboxChanged))
  }
}

const request = ({ path, body, id }: Entry, signal: AbortSignal): Request =>
  new Request(new URL(path, location.origin), { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id }, signal })

function timer(milliseconds: number, then: () => void): () => void {
  const id = setTimeout(then, milliseconds)
  return () => clearTimeout(id)
}
