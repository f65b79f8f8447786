import { describe, expect, test } from 'vitest'
import { addMoney, decimalOf, formatMoney, isZero, money, parseDecimal, timesMoney } from '../src/format/money.ts'
import { formatDay, formatDistance, formatTime } from '../src/format/time.ts'

const eur = (minor: bigint | number | string) => money('EUR', minor)

describe('money', () => {
  test.each([
    ['EUR', '1140', '€11.40'],
    ['EUR', '5', '€0.05'],
    ['EUR', '-5', '-€0.05'],
    ['EUR', '0', '€0.00'],
    ['JPY', '1200', '¥1,200'],
    ['KWD', '12345', 'KWD 12.345'],
    ['EUR', '9223372036854775807', '€92,233,720,368,547,758.07'],
  ])('%s %s is %s', (currency_code, minor_units, want) => {
    expect(formatMoney({ currency_code, minor_units }, { locale: 'en' }).replaceAll('\u00a0', ' ')).toBe(want)
  })

  test('differences show their sign', () => {
    expect(formatMoney(eur(150), { locale: 'en', sign: true })).toBe('+€1.50')
    expect(formatMoney(eur(0), { locale: 'en', sign: true })).toBe('€0.00')
  })

  test('what the API leaves out is zero, and no currency is nothing', () => {
    expect(formatMoney({ currency_code: 'EUR' }, { locale: 'en' })).toBe('€0.00')
    expect(formatMoney(undefined)).toBe('')
    expect(isZero({ currency_code: 'EUR' })).toBe(true)
  })

  test('adds and multiplies beyond what floats can hold', () => {
    expect(addMoney(eur('9007199254740993'), eur(1), undefined)).toEqual(eur('9007199254740994'))
    expect(timesMoney(eur('9007199254740993'), 3)).toEqual(eur('27021597764222979'))
  })

  test.each([['EUR', '12', 1200n], ['EUR', ' 12,5 ', 1250n], ['EUR', '12.', 1200n], ['EUR', '-0.50', -50n], ['EUR', '−1', -100n], ['JPY', '1200', 1200n], ['KWD', '12.345', 12345n]])('%s %j is typed for an amount', (currency, text, want) =>
    expect(parseDecimal(text, currency)).toBe(want))
  test.each([['EUR', ''], ['EUR', '1.005'], ['EUR', '1e3'], ['EUR', '1,000.00'], ['JPY', '1.5'], ['EUR', 'two']])('%s %j is none', (currency, text) => expect(parseDecimal(text, currency)).toBeUndefined())
  test.each(['1250', '-50', '0', '99999999999999'])('%s goes through a form unchanged', (minor) => expect(parseDecimal(decimalOf(eur(minor)), 'EUR')).toBe(BigInt(minor)))

  test('does not add two currencies', () => expect(() => addMoney(eur(1), money('JPY', 1))).toThrow(RangeError))
})

describe('times and distances', () => {
  const now = new Date(2026, 2, 12, 1, 0)
  test.each([
    [new Date(2026, 2, 12, 0, 1), 'Today'],
    [new Date(2026, 2, 11, 23, 59), 'Yesterday'],
    [new Date(2026, 2, 13, 12, 0), 'Tomorrow'],
    [new Date(2026, 2, 9, 12, 0), 'Monday'],
    [new Date(2026, 0, 2, 12, 0), 'January 2'],
    [new Date(2025, 0, 2, 12, 0), 'January 2, 2025'],
  ])('%s is %s', (time, want) => expect(formatDay(time, now, 'en')).toBe(want))

  test('what is no time is nothing', () => expect([formatTime('soon'), formatDay(undefined)]).toEqual(['', '']))
  test.each([[84, '80 m'], [949, '950 m'], [1240, '1.2 km']])('%d metres are %s', (metres, want) => expect(formatDistance(metres, 'en')).toBe(want))
})
