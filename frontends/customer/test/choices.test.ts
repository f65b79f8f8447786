import { describe, expect, test } from 'vitest'
import { choiceProblem, choiceRule, firstChoices, toggle } from '../src/basket/options.ts'
import { parseTip, shareOf } from '../src/basket/tip.ts'
import { parseDegrees, readPlace, cityCentre } from '../src/shared/place.ts'
import { dosa } from './fixtures.ts'

const [size, extras] = dosa.option_groups as [NonNullable<typeof dosa.option_groups>[0], NonNullable<typeof dosa.option_groups>[0]]

describe('options', () => {
  test('start with what must be chosen', () => expect(firstChoices([size, extras])).toEqual(['s']))
  test('swap in a group of one, and stay when one is needed', () => {
    expect(toggle(size, ['s', 'ghee'], 'l')).toEqual(['ghee', 'l'])
    expect(toggle(size, ['s'], 's')).toEqual(['s'])
  })
  test('stop at the most that a group allows', () => expect(toggle(extras, ['ghee', 'podi'], 'egg')).toEqual(['ghee', 'podi']))
  test('come out again', () => expect(toggle(extras, ['s', 'ghee', 'podi'], 'ghee')).toEqual(['s', 'podi']))
  test('say what is missing or too much', () => {
    expect(choiceProblem(size, ['ghee'])).toBe('Please choose 1.')
    expect(choiceProblem(extras, ['ghee', 'podi', 'egg'])).toBe('Please choose 2 at most.')
    expect(choiceProblem(extras, [])).toBeUndefined()
    expect([choiceRule(size), choiceRule(extras)]).toEqual(['Choose 1', 'Up to 2'])
  })
})

describe('tips', () => {
  test.each([[1140n, 10, 114n], [1145n, 10, 115n], [1144n, 10, 114n], [0n, 15, 0n], [9007199254740993n, 100, 9007199254740993n]])('%s at %s %%', (amount, percent, want) =>
    expect(shareOf(amount, percent)).toBe(want))
  test.each([['2', 'EUR', 200n], ['2.5', 'EUR', 250n], ['2,50', 'EUR', 250n], ['', 'EUR', 0n], ['200', 'JPY', 200n], ['1.234', 'KWD', 1234n]])('%j of %s', (text, currency, want) =>
    expect(parseTip(text, currency)).toBe(want))
  test.each([['2.505', 'EUR'], ['-1', 'EUR'], ['1e3', 'EUR'], ['two', 'EUR'], ['2.5', 'JPY'], ['1.000,00', 'EUR']])('%j of %s is none', (text, currency) =>
    expect(parseTip(text, currency)).toBeUndefined())
})

describe('a place', () => {
  test.each([null, '', '{', '{"line":"x","latitude":91,"longitude":0}', '{"line":1,"latitude":1,"longitude":0}'])('%j is the city centre', (text) => expect(readPlace(text)).toEqual(cityCentre))
  test.each([['52,52', 52.52], ['-13.4', -13.4], ['91', undefined], ['', undefined], ['north', undefined]])('%j in degrees', (text, want) => expect(parseDegrees(text, 90)).toBe(want))
})
