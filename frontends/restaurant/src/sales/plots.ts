// What was sold, as bars. Heights are numbers, amounts are exact.
import { formatMoney, minorUnits, type MoneyLike } from '@tiffin/kit/client'
import type { Sales } from '../shared/api.ts'
import { count } from '../shared/words.ts'

interface Bar {
  label: string
  name: string
  value: number
  text: string
  current: boolean
}

const text = (revenue: MoneyLike, orders: number | undefined): string => `${formatMoney(revenue)}, ${count(orders ?? 0, 'order')}`
const two = (hour: number): string => String(hour).padStart(2, '0')

/** The hour of a moment by the restaurant's own clock. */
export function hourIn(zone: string | undefined, now: Date): number {
  try {
    return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone || 'UTC' }).format(now))
  } catch {
    return now.getUTCHours() // a zone that this browser does not know: as the server does
  }
}

/** Today's hours, from the first to the last in which something was sold or is being sold. */
export function hourBars(sales: Sales, now: Date): Bar[] {
  const current = hourIn(sales.time_zone, now)
  const busy = (sales.hours ?? []).filter((hour) => (hour.orders ?? 0) > 0).map((hour) => hour.hour ?? 0)
  const [first, last] = [Math.min(current - 5, ...busy), Math.max(current, ...busy)]
  return (sales.hours ?? []).filter(({ hour = 0 }) => hour >= first && hour <= last).map(({ hour = 0, revenue, orders }) => ({
    label: String(hour), name: `${two(hour)}:00 to ${two((hour + 1) % 24)}:00`, value: Number(minorUnits(revenue)), text: text(revenue, orders), current: hour === current,
  }))
}

/** The week's days, today last. */
export function dayBars(sales: Sales, locale?: string): Bar[] {
  return (sales.days ?? []).map(({ date = '', revenue, orders }, at, all) => {
    const day = new Date(`${date}T00:00:00Z`)
    const words = (options: Intl.DateTimeFormatOptions) => day.toLocaleDateString(locale, { ...options, timeZone: 'UTC' })
    return { label: words({ weekday: 'short' }), name: words({ weekday: 'long', day: 'numeric', month: 'long' }), value: Number(minorUnits(revenue)), text: text(revenue, orders), current: at === all.length - 1 }
  })
}
