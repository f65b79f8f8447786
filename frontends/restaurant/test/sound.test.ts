import { beforeEach, expect, test } from 'vitest'
import { Sound } from '../src/board/sound.ts'

/** An AudioContext as browsers have it: silent until somebody has touched the page. */
class Audio extends EventTarget {
  state = 'suspended'
  currentTime = 0
  destination = {}
  played = 0
  touched: boolean
  constructor(touched: boolean) {
    super()
    this.touched = touched
  }
  async resume() {
    if (!this.touched || this.state === 'running') return
    this.state = 'running'
    this.dispatchEvent(new Event('statechange'))
  }
  async close() {
    this.state = 'closed'
  }
  createOscillator() {
    return { frequency: {}, connect: (node: unknown) => node, start: () => this.played++, stop: () => {} }
  }
  createGain() {
    return { gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} }, connect: (node: unknown) => node, disconnect: () => {} }
  }
}

function soundOf(touched: boolean) {
  const made: Audio[] = []
  const sound = new Sound(localStorage, () => {
    made.push(new Audio(touched))
    return made.at(-1) as never
  })
  return { sound, made }
}

beforeEach(() => localStorage.clear())

test('is off until somebody wants it, and makes nothing until then', () => {
  const { sound, made } = soundOf(true)
  sound.open()
  sound.play('new')
  expect([sound.state, made.length]).toEqual(['off', 0])
})

test('is on after a press, plays, and is remembered', async () => {
  const { sound, made } = soundOf(true)
  await sound.turnOn()
  expect(sound.state).toBe('on')
  const before = made[0]?.played ?? 0
  sound.play('cancelled')
  expect(made[0]?.played).toBeGreaterThan(before)
  sound.turnOff()
  expect([sound.state, made[0]?.state]).toEqual(['off', 'closed'])
})

test('that is remembered is blocked until the first touch, and says so', async () => {
  localStorage.setItem('tiffin.sound', 'on')
  const { sound, made } = soundOf(false)
  let changes = 0
  sound.addEventListener('change', () => changes++)
  sound.open()
  expect(sound.state).toBe('blocked')
  sound.play('new')
  expect(made[0]?.played).toBe(0)
  if (made[0]) made[0].touched = true
  dispatchEvent(new Event('pointerdown'))
  await expect.poll(() => sound.state).toBe('on')
  expect(changes).toBe(1)
  sound.close()
})

test('is none where the browser has none', () => expect(new Sound(localStorage).state).toBe('none'))
