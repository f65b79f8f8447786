import { Load, personaChanged, session, setBadge, watch } from '@tiffin/kit'
import { commandTaken, outbox, outboxChanged, startOutbox, type Entry } from '@tiffin/kit/outbox'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api, apiRoot, timeZone, type Courier, type Offer } from '../shared/api.ts'
import { deadlineOf } from './deadline.ts'
import { expected } from './expected.ts'
import { forget, keep, recall } from './kept.ts'

/** How often it is asked for an answer that no live update overtakes. */
const most = 5

/** Follows the courier who is signed in, and shows things as they will stand once what was tapped has been taken. */
export class Now implements ReactiveController {
  /** When the open offer ends, by this device's clock. */
  deadline = 0
  readonly load: Load<Courier>
  readonly #host: ReactiveControllerHost
  readonly #offered: (offer: Offer) => void
  /** Taken, and perhaps not yet in what is shown; those that the next live update settles are in #loose, too. */
  #settling: readonly Entry[] = []
  #loose: readonly Entry[] = []
  #arrivals = 0
  #known = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #endWatch = () => {}
  #endOutbox = () => {}
  readonly #again = () => this.follow()
  readonly #changed = () => this.#host.requestUpdate()
  readonly #taken = (event: Event) => void this.#settle((event as CustomEvent<Entry>).detail)

  /** Offered is called for every new offer. */
  constructor(host: ReactiveControllerHost, offered: (offer: Offer) => void) {
    this.#host = host
    this.#offered = offered
    this.load = new Load<Courier>(host)
    host.addController(this)
  }

  /** Who is signed in; empty when that is nobody who delivers. */
  get courierId(): string {
    return (session.has('courier') && session.persona?.courier_id) || ''
  }

  /** The courier as expected; undefined while nothing is known. */
  get courier(): Courier | undefined {
    if (!this.load.data) return undefined
    const { offer, ...rest } = expected(this.load.data, [...this.#settling, ...outbox.pending])
    return offer && Date.now() < this.deadline ? { ...rest, offer } : rest
  }

  hostConnected(): void {
    session.addEventListener(personaChanged, this.#again)
    outbox.addEventListener(outboxChanged, this.#changed)
    outbox.addEventListener(commandTaken, this.#taken)
    this.#endOutbox = startOutbox()
    this.follow()
  }

  hostDisconnected(): void {
    session.removeEventListener(personaChanged, this.#again)
    outbox.removeEventListener(outboxChanged, this.#changed)
    outbox.removeEventListener(commandTaken, this.#taken)
    this.#endOutbox()
    this.#endWatch()
    clearTimeout(this.#timer)
    setBadge('/courier', 0)
  }

  /** Begins anew: with what this tab knew last, until the server is heard. */
  follow(): void {
    this.#endWatch()
    this.#settling = this.#loose = []
    const { load, courierId } = this
    load.clear()
    if (!courierId) return forget()
    load.loading = true
    const kept = recall(courierId, Date.now())
    if (kept) {
      load.show(kept.courier, true)
      load.since = new Date(kept.at)
    } else forget()
    this.#endWatch = watch<Courier>(`${apiRoot}/couriers/${encodeURIComponent(courierId)}:watch?time_zone=${encodeURIComponent(timeZone())}`, {
      background: true, // a phone in the pocket still buzzes for an offer, as long as its browser lets the page live
      onDocument: (courier) => {
        this.#arrivals++
        if (!load.stale) this.#settled(this.#loose)
        this.#show(courier, load.stale)
      },
      onStale: (stale) => {
        if (!stale) load.since = new Date()
        if (stale === load.stale) return
        load.stale = stale
        this.#host.requestUpdate()
      },
      onProblem: (problem) => {
        load.loading = false
        load.problem = problem
        this.#host.requestUpdate()
      },
    })
  }

  #show(courier: Courier, stale: boolean): void {
    const now = Date.now()
    this.deadline = courier.offer ? deadlineOf(courier.offer.expires_in, now) : 0
    this.load.show(courier, stale)
    if (!stale) keep(courier, now)
    clearTimeout(this.#timer)
    if (this.deadline) this.#timer = setTimeout(this.#changed, this.deadline - now)
    const offer = courier.offer?.offer_id ?? ''
    if (courier.offer && offer !== this.#known) this.#offered(courier.offer)
    this.#known = offer
    setBadge('/courier', courier.offer || courier.delivery ? 1 : 0)
  }

  // A command was taken: what is shown is right by itself as soon as an answer that has waited for it is there.
  async #settle(entry: Entry): Promise<void> {
    const { courierId } = this
    if (!courierId) return
    this.#settling = [...this.#settling, entry]
    try {
      for (let count = 0; count < most; count++) {
        const before = this.#arrivals
        const { data, stale } = await api.get('/api/courier/v1/couriers/{courier_id}', { params: { path: { courier_id: courierId }, query: { time_zone: timeZone() } } })
        if (courierId !== this.courierId) return
        if (before !== this.#arrivals) continue // it may be older than what has come live since
        this.#show(data, stale)
        if (!stale) return this.#settled([entry])
        break
      }
    } catch {
      // No line again, most likely; the stream finds one, and its documents wait for the command as well.
    }
    this.#loose = [...this.#loose, entry]
  }

  #settled(entries: readonly Entry[]): void {
    this.#settling = this.#settling.filter((entry) => !entries.includes(entry))
    this.#loose = this.#loose.filter((entry) => !entries.includes(entry))
    this.#host.requestUpdate()
  }
}
