import { describe, expect, test } from 'vitest'
import { deadlineOf, milliseconds } from '../src/now/deadline.ts'
import { expected, phaseOf } from '../src/now/expected.ts'
import { forget, keep, recall } from '../src/now/kept.ts'
import { commandWords, type Name } from '../src/sent/commands.ts'
import { readiness, stateWords } from '../src/shared/words.ts'
import { free, holding, off, offered } from './fixtures.ts'

const said = (name: Name, about: Record<string, string> = { delivery_id: 'D1', offer_id: 'O1' }) => ({ about: { name, ...about } })

describe('what was tapped', () => {
  test.each([
    ['a shift begins', off, [said('startShift')], 'idle'],
    ['a shift ends', free, [said('endShift')], 'off'],
    ['not while a delivery is held', holding('ASSIGNED'), [said('endShift')], 'fetch'],
    ['an offer is accepted', offered, [said('accept')], 'accepted'],
    ['an offer is declined', offered, [said('decline')], 'idle'],
    ['the end of a shift takes the offer with it', offered, [said('endShift')], 'off'],
    ['picked up', holding('ASSIGNED'), [said('pickUp')], 'bring'],
    ['handed over', holding('PICKED_UP'), [said('deliver')], 'over'],
    ['both, one after the other', holding('ASSIGNED'), [said('pickUp'), said('deliver')], 'over'],
    ['given back', holding('ASSIGNED'), [said('release')], 'over'],
    ['could not deliver', holding('PICKED_UP'), [said('fail')], 'over'],
  ])('%s', (_, courier, commands, phase) => expect(phaseOf(expected(courier, commands))).toBe(phase))

  test.each([
    ['another offer', offered, said('accept', { delivery_id: 'D2', offer_id: 'O2' })],
    ['another delivery', holding('ASSIGNED'), said('pickUp', { delivery_id: 'D2' })],
    ['what the server has overtaken', holding('DELIVERED'), said('pickUp')],
    ['an offer that is gone', free, said('accept')],
    ['a delivery that is gone', free, said('deliver')],
  ])('of %s changes nothing', (_, courier, command) => expect(expected(courier, [command])).toEqual(courier))

  test('what is accepted is the offer’s trip, still without an address', () => {
    const { delivery, offer } = expected(offered, [said('accept')])
    expect(delivery).toMatchObject({ delivery_id: 'D1', restaurant_name: 'Dal & Daughters', state: 'ACCEPTED', payout: { minor_units: '450' } })
    expect(delivery).not.toHaveProperty('drop_off_line')
    expect(offer).toBeUndefined()
  })

  test('leaves the document as it is', () => {
    const courier = Object.freeze(holding('ASSIGNED'))
    expected(courier, [said('pickUp')])
    expect(courier.delivery?.state).toBe('ASSIGNED')
  })
})

test.each([['30s', 30_000], ['29.25s', 29_250], ['0s', 0], ['', 0], [undefined, 0], ['-1s', 0]])('%s is %d milliseconds', (text, want) => expect(milliseconds(text)).toBe(want))
test('an offer ends by this device’s clock, whatever the server’s says', () => expect(deadlineOf('30s', 1000)).toBe(31_000))

describe('what a tab keeps', () => {
  test('is the courier’s own, and no offer', () => {
    keep(offered, 1000)
    expect(recall('C1', 2000)).toEqual({ courier: free, at: 1000 })
    expect(recall('C2', 2000)).toBeUndefined()
  })
  test('is of no use after hours, or when it was forgotten', () => {
    keep(holding('PICKED_UP'), 0)
    expect(recall('C1', 7 * 3_600_000)).toBeUndefined()
    forget()
    expect(recall('C1', 1)).toBeUndefined()
  })
  test.each(['{', 'null', '{"courier":1}'])('is nothing if it can’t be read: %s', (text) => {
    sessionStorage.setItem('tiffin.courier', text)
    expect(recall('C1', 1)).toBeUndefined()
  })
})

describe('words', () => {
  test('name a command and what it is about', () => {
    expect(commandWords(said('pickUp', { restaurant: 'Umi' }))).toBe('Picked up: Umi')
    expect(commandWords(said('startShift', {}))).toBe('Start of your shift')
  })
  test('say when the food is ready, if somebody said so, and never that it is because its time has come', () => {
    const [promised, before, after] = ['2026-01-01T12:20:00Z', Date.parse('2026-01-01T12:00:00Z'), Date.parse('2026-01-01T12:30:00Z')]
    expect(readiness(promised, false, before)).toMatch(/^Ready at /)
    expect(readiness(promised, true, before)).toBe('Ready now')
    expect(readiness(promised, false, after)).toMatch(/^Not ready yet, expected at /)
    expect(readiness(promised, undefined, after)).toMatch(/^Expected at /)
    expect([readiness('0001-01-01T00:00:00Z', false), readiness(undefined, undefined)]).toEqual(['', ''])
  })
  test('exist for a state of a newer server', () => expect(stateWords('LATER' as never).label).toBe('On record'))
})
