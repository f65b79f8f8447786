import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Keeps the screen on while asked to: a page that can't be seen gets no offers. Where that is not possible it does nothing. */
export class Awake implements ReactiveController {
  #wanted = false
  #lock: Promise<WakeLockSentinel | undefined> | undefined
  readonly #shown = () => this.#apply()

  constructor(host: ReactiveControllerHost) {
    host.addController(this)
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#shown)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#shown)
    this.set(false)
  }

  set(wanted: boolean): void {
    if (wanted === this.#wanted) return
    this.#wanted = wanted
    this.#apply()
  }

  // A browser takes the lock away when the page is hidden: it is asked for anew when it is shown.
  #apply(): void {
    const before = this.#lock
    this.#lock = undefined
    void before?.then((lock) => lock?.release()).catch(() => undefined)
    if (this.#wanted && !document.hidden) this.#lock = navigator.wakeLock?.request('screen').catch(() => undefined)
  }
}
