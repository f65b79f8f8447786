import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Listens while its element is on the page, and renders it anew after every event. */
export class Listen implements ReactiveController {
  readonly #target: EventTarget
  readonly #type: string
  readonly #hear: () => void

  constructor(host: ReactiveControllerHost, target: EventTarget, type: string, then?: () => void) {
    this.#target = target
    this.#type = type
    this.#hear = () => {
      then?.()
      host.requestUpdate()
    }
    host.addController(this)
  }

  hostConnected(): void {
    this.#target.addEventListener(this.#type, this.#hear)
  }

  hostDisconnected(): void {
    this.#target.removeEventListener(this.#type, this.#hear)
  }
}
