// The screen that a kitchen looks at.

/** No room for columns side by side. */
export const narrow = matchMedia('(max-width: 60rem)')
/** No room for words on buttons that can do without. */
export const small = matchMedia('(max-width: 40rem)')

/** Keeps the screen from going dark, where the browser can: nobody touches it for hours, and tickets come in. */
export class Awake {
  #lock: WakeLockSentinel | undefined
  #wanted = false
  readonly #seen = () => void this.#ask()

  start(): void {
    this.#wanted = true
    // A browser takes the lock away whenever the page is hidden.
    document.addEventListener('visibilitychange', this.#seen)
    void this.#ask()
  }

  stop(): void {
    this.#wanted = false
    document.removeEventListener('visibilitychange', this.#seen)
    void this.#lock?.release()
    this.#lock = undefined
  }

  async #ask(): Promise<void> {
    if (document.hidden || !('wakeLock' in navigator)) return
    try {
      const lock = await navigator.wakeLock.request('screen')
      if (this.#wanted) this.#lock = lock
      else await lock.release()
    } catch {
      // The battery is low, or somebody forbade it: then the screen sleeps as it always does.
    }
  }
}
