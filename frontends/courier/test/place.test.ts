import { describe, expect, test } from 'vitest'
import { Beacon, type Place } from '../src/place/beacon.ts'
import { loadChoice, readChoice, saveChoice } from '../src/place/choice.ts'

const at = (n: number): Place => ({ latitude: 52, longitude: 13 + n / 1000 })

/** A beacon whose server answers, and whose time passes, when the test says. */
function beacon() {
  const sent: number[] = []
  const held: { answer: () => void; fail: (error: unknown) => void; signal: AbortSignal }[] = []
  const timers: { milliseconds: number; then: () => void }[] = []
  const it = new Beacon({
    every: 5000, repeat: 60_000,
    send: (place, signal) => new Promise<void>((answer, fail) => {
      sent.push(Math.round((place.longitude - 13) * 1000))
      held.push({ answer, fail, signal })
    }),
    later: (milliseconds, then) => {
      const timer = { milliseconds, then }
      timers.push(timer)
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
    },
  })
  const settle = async (work: () => void) => {
    work()
    for (let n = 0; n < 5; n++) await Promise.resolve()
  }
  return { it, sent, held, timers, answered: () => settle(() => held.shift()?.answer()), failed: () => settle(() => held.shift()?.fail(new TypeError('no line'))), passes: () => settle(() => timers.shift()?.then()) }
}

describe('a beacon', () => {
  test('tells the newest place, one at a time and not too often', async () => {
    const { it, sent, timers, answered, passes } = beacon()
    for (const n of [1, 2, 3]) it.tell(at(n))
    expect(sent).toEqual([1])
    await answered()
    it.tell(at(4))
    expect(sent).toEqual([1])
    expect(timers.map((timer) => timer.milliseconds)).toEqual([5000])
    await passes()
    expect(sent).toEqual([1, 4])
  })

  test('says again where somebody stays, from time to time', async () => {
    const { it, sent, timers, answered, passes } = beacon()
    it.tell(at(1))
    it.tell(at(1))
    await answered()
    await passes()
    expect(timers.map((timer) => timer.milliseconds)).toEqual([55_000])
    await passes()
    expect(sent).toEqual([1, 1])
  })

  test('that was not heard says so, and tries again with what is newest then', async () => {
    const { it, sent, failed, answered, passes } = beacon()
    it.tell(at(1))
    await failed()
    expect(it.problem?.code).toBe('CLIENT')
    it.tell(at(2))
    await passes()
    await answered()
    expect(sent).toEqual([1, 2])
    expect(it.problem).toBeUndefined()
  })

  test('that is stopped calls back what is on the way, and is silent', async () => {
    const { it, sent, held, timers } = beacon()
    it.tell(at(1))
    it.stop()
    expect(held[0]?.signal.aborted).toBe(true)
    expect(timers).toEqual([])
    it.tell(at(2))
    expect(sent).toEqual([1, 2])
  })
})

describe('how a courier says where they are', () => {
  test.each([
    ['{"by":"device"}', { by: 'device' }],
    ['{"by":"map","latitude":52.5,"longitude":13.4,"more":1}', { by: 'map', latitude: 52.5, longitude: 13.4 }],
    ['{"by":"map","latitude":95,"longitude":13.4}', undefined],
    ['{"by":"map"}', undefined],
    ['{', undefined],
    [null, undefined],
  ])('%s', (text, want) => expect(readChoice(text)).toEqual(want))

  test('is kept in this browser', () => {
    saveChoice({ by: 'device' })
    expect(loadChoice()).toEqual({ by: 'device' })
  })
})
