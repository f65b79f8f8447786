// One week of earnings. Days are days of the calendar, not moments: they are counted in UTC, where each has 24 hours.
import { formatMoney, minorUnits, money, type Money } from '@tiffin/kit/client'
import type { Earnings, EarningsDay } from '../shared/api.ts'

const day = 86_400_000

/** The day of the calendar on which it is now, here: "2026-11-24". */
export function today(now = new Date()): string {
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10)
}

/** The same day some weeks later; earlier, if that is less than nothing. */
export const weeksLater = (date: string, weeks: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + weeks * 7 * day).toISOString().slice(0, 10)

const format = (date: string, options: Intl.DateTimeFormatOptions, locale?: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, { ...options, timeZone: 'UTC' })

/** "23 – 29 November 2026", in the reader's order. */
export function weekWords(days: readonly EarningsDay[], locale?: string): string {
  const [first, last] = [days[0]?.date, days.at(-1)?.date]
  if (!first || !last) return ''
  const words = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return words.formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`))
}

export interface DayBar {
  label: string
  name: string
  value: number
  text: string
  current: boolean
}

/** The days as bars: what they earned, and for how many deliveries. */
export function barsOf(earnings: Earnings, now = today(), locale?: string): DayBar[] {
  const currency = currencyOf(earnings)
  return (earnings.days ?? []).map(({ date = '', earned, delivered = 0 }) => ({
    label: format(date, { weekday: 'short' }, locale),
    name: format(date, { weekday: 'long', day: 'numeric', month: 'long' }, locale),
    // A bar's height may be rounded; its text is exact.
    value: Number(minorUnits(earned)),
    text: delivered || minorUnits(earned) ? `${formatMoney(amount(earned, currency), locale ? { locale } : {})}, ${deliveries(delivered)}` : 'Nothing',
    current: date === now,
  }))
}

/** How the scale beside the bars writes a value. */
export const scaleOf = (earnings: Earnings) => (value: number): string => {
  const currency = currencyOf(earnings)
  return currency ? formatMoney(money(currency, Math.round(value))) : ''
}

export const deliveries = (count: number): string => (count === 1 ? '1 delivery' : `${count} deliveries`)

const currencyOf = (earnings: Earnings): string => earnings.total?.currency_code ?? ''
const amount = (of: EarningsDay['earned'], currency: string): Money => money(of?.currency_code || currency, of?.minor_units || 0)
