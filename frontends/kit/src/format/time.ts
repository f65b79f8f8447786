/** Times of the API are RFC 3339; these show them in the reader's own words and zone. */
type TimeLike = string | number | Date | undefined

const date = (time: TimeLike): Date | undefined => {
  if (time === undefined || time === '') return undefined
  const value = new Date(time)
  return Number.isNaN(value.getTime()) ? undefined : value
}

/** "14:03" */
export const formatTime = (time: TimeLike, locale?: string): string =>
  date(time)?.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) ?? ''

/** "Today", "Yesterday", "Tuesday", "12 March", "12 March 2024" */
export function formatDay(time: TimeLike, now: Date = new Date(), locale?: string): string {
  const value = date(time)
  if (!value) return ''
  const days = Math.round((midnight(now) - midnight(value)) / 86_400_000)
  if (days >= -1 && days <= 1) return capital(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day'))
  if (days > 0 && days < 7) return value.toLocaleDateString(locale, { weekday: 'long' })
  return value.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...(value.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) })
}

/** "850 m", "2.4 km" */
export function formatDistance(meters: number, locale?: string): string {
  const [value, unit, digits] = meters < 950 ? [Math.round(meters / 10) * 10, 'meter', 0] as const : [meters / 1000, 'kilometer', 1] as const
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits }).format(value)
}

const midnight = (day: Date): number => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
