// Calls people to the screen. Browsers let a page be loud only after somebody has touched it, so what is wanted and what
// can be heard are two things, and both are said.
import type { AlertKind } from './alerts.ts'

/** `blocked`: wanted, but the browser plays nothing before somebody presses something. `none`: it has no sound at all. */
export type SoundState = 'off' | 'on' | 'blocked' | 'none'

const key = 'tiffin.sound'

/** [hertz, start, length] in seconds: short, and not to be confused over the noise of a kitchen. */
const tunes: Record<AlertKind, [number, number, number][]> = {
  new: [[660, 0, 0.18], [880, 0.2, 0.32], [660, 0.7, 0.18], [880, 0.9, 0.32]],
  urgent: [[988, 0, 0.12], [988, 0.18, 0.12], [988, 0.36, 0.12], [988, 0.72, 0.12], [988, 0.9, 0.12], [988, 1.08, 0.12]],
  cancelled: [[523, 0, 0.25], [392, 0.3, 0.25], [262, 0.6, 0.5]],
}

/** Fires `change`. Whether sound is wanted is kept for the next visit. */
export class Sound extends EventTarget {
  #wanted: boolean
  #context: AudioContext | undefined
  readonly #storage: Storage | undefined
  readonly #make: (() => AudioContext) | undefined
  readonly #touched = () => void this.#context?.resume().catch(() => undefined)

  constructor(storage: Storage | undefined = browserStorage(), make = 'AudioContext' in globalThis ? () => new AudioContext() : undefined) {
    super()
    this.#storage = storage
    this.#make = make
    this.#wanted = storage?.getItem(key) === 'on'
  }

  get state(): SoundState {
    if (!this.#make) return 'none'
    if (!this.#wanted) return 'off'
    return this.#context?.state === 'running' ? 'on' : 'blocked'
  }

  /** To be called when the page opens: what was wanted before is tried, and works from the first touch on. */
  open(): void {
    if (this.#wanted) this.#ready()
  }

  close(): void {
    for (const type of ['pointerdown', 'keydown']) removeEventListener(type, this.#touched)
    void this.#context?.close().catch(() => undefined)
    this.#context = undefined
  }

  /** To be called from a press; plays what it will sound like. */
  async turnOn(): Promise<void> {
    this.#want(true)
    await this.#ready()?.resume().catch(() => undefined)
    this.play('new')
    this.#changed()
  }

  turnOff(): void {
    this.#want(false)
    this.close()
    this.#changed()
  }

  play(kind: AlertKind): void {
    const context = this.#context
    if (this.state !== 'on' || !context) return
    for (const [frequency, start, length] of tunes[kind]) tone(context, frequency, context.currentTime + start, length)
  }

  #want(wanted: boolean): void {
    this.#wanted = wanted
    try {
      this.#storage?.setItem(key, wanted ? 'on' : 'off')
    } catch {
      // Storage is full or forbidden: it holds as long as the page.
    }
  }

  #ready(): AudioContext | undefined {
    if (!this.#context && this.#make) {
      this.#context = this.#make()
      this.#context.addEventListener('statechange', () => this.#changed())
      for (const type of ['pointerdown', 'keydown']) addEventListener(type, this.#touched)
    }
    return this.#context
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'))
  }
}

function tone(context: AudioContext, frequency: number, start: number, length: number): void {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()]
  oscillator.type = 'triangle'
  oscillator.frequency.value = frequency
  // In and out without a click.
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(0.5, start + 0.02)
  gain.gain.setValueAtTime(0.5, start + length - 0.04)
  gain.gain.linearRampToValueAtTime(0, start + length)
  oscillator.connect(gain).connect(context.destination)
  oscillator.onended = () => gain.disconnect()
  oscillator.start(start)
  oscillator.stop(start + length)
}

function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export const sound = new Sound()
