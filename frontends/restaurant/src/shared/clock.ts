// One clock for everything on the page that ticks; it stands still while nobody looks at it.
import { Listen } from '@tiffin/kit'
import type { ReactiveControllerHost } from 'lit'

const second = 1000

/** Fires `tick` each second while somebody listens. */
export class Clock extends EventTarget {
  #listeners = 0
  #timer: ReturnType<typeof setInterval> | undefined

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(...args)
    if (++this.#listeners === 1) this.#timer = setInterval(() => this.dispatchEvent(new Event('tick')), second)
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    super.removeEventListener(...args)
    if (--this.#listeners === 0) clearInterval(this.#timer)
  }
}

export const clock = new Clock()

/** Renders its element anew each second while it is on the page. */
export const ticking = (host: ReactiveControllerHost, then?: () => void): Listen => new Listen(host, clock, 'tick', then)
