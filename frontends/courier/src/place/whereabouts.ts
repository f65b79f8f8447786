import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../shared/api.ts'
import { Beacon, type Place } from './beacon.ts'
import { loadChoice, saveChoice, type Choice } from './choice.ts'

/** What is known of where the courier is. */
export interface Whereabouts {
  choice: Choice | undefined
  place: Place | undefined
  /** The device won't say: it is not allowed to, or it can't. */
  trouble: 'denied' | 'unknown' | undefined
  /** The last place did not get through. */
  unheard: boolean
}

const patience = 10_000

/** Knows where the courier is while on shift, and tells Tiffin. Off shift it neither looks nor tells. */
export class WhereaboutsController implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #beacon: Beacon
  #choice = loadChoice()
  #place: Place | undefined
  #trouble: Whereabouts['trouble']
  #courierId = ''
  #watch: number | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    this.#beacon = new Beacon({
      changed: () => host.requestUpdate(),
      send: (place, signal) => api.put('/api/courier/v1/couriers/{courier_id}/location', {
        params: { path: { courier_id: this.#courierId } }, body: place, signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      }),
    })
    host.addController(this)
  }

  get now(): Whereabouts {
    return { choice: this.#choice, place: this.#place, trouble: this.#trouble, unheard: this.#beacon.problem !== undefined }
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    this.follow('')
  }

  /** Begins to look and to tell for a courier on shift; ends with an empty id. */
  follow(courierId: string): void {
    if (courierId === this.#courierId) return
    this.#end()
    this.#courierId = courierId
    if (courierId) this.#begin()
  }

  /** The courier says how it is to be known. By the device is asked for in a tap, as browsers want it. */
  choose(choice: Choice): void {
    this.#choice = choice
    saveChoice(choice)
    const id = this.#courierId
    if (!id) return this.#host.requestUpdate()
    this.#end()
    this.#courierId = id
    this.#begin()
  }

  #begin(): void {
    const choice = this.#choice
    if (choice?.by === 'map') this.#at({ latitude: choice.latitude, longitude: choice.longitude })
    if (choice?.by === 'device') this.#look()
    this.#host.requestUpdate()
  }

  #look(): void {
    if (!('geolocation' in navigator)) {
      this.#trouble = 'unknown'
      return
    }
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => this.#at({ latitude: round(coords.latitude), longitude: round(coords.longitude) }),
      (error) => {
        this.#trouble = error.code === error.PERMISSION_DENIED ? 'denied' : 'unknown'
        this.#host.requestUpdate()
      },
      { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 },
    )
  }

  #at(place: Place): void {
    this.#place = place
    this.#trouble = undefined
    this.#beacon.tell(place)
    this.#host.requestUpdate()
  }

  #end(): void {
    if (this.#watch !== undefined) navigator.geolocation.clearWatch(this.#watch)
    this.#watch = this.#place = this.#trouble = undefined
    this.#courierId = ''
    this.#beacon.stop()
  }
}

// Five decimals are about a metre.
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
