/** An amount as the API writes it: minor units are an int64, in JSON a string. */
export interface Money {
  currency_code: string
  minor_units: string
}

/** The API leaves out what is zero or empty; this is what its types say. */
export type MoneyLike = { currency_code?: string | undefined; minor_units?: string | undefined } | undefined

export const money = (currency_code: string, minor_units: bigint | number | string): Money => ({ currency_code, minor_units: BigInt(minor_units).toString() })

export const minorUnits = (amount: MoneyLike): bigint => BigInt(amount?.minor_units || 0)

/** Adds amounts of one currency; currencies that differ are a mistake of the caller's. */
export function addMoney(first: MoneyLike, ...more: MoneyLike[]): Money {
  const all = [first, ...more].filter((amount) => amount?.currency_code)
  const currency = all[0]?.currency_code ?? ''
  const other = all.find((amount) => amount?.currency_code !== currency)
  if (other) throw new RangeError(`can't add ${other.currency_code} to ${currency}`)
  return money(currency, all.reduce((sum, amount) => sum + minorUnits(amount), 0n))
}

export const timesMoney = (amount: MoneyLike, times: number): Money => money(amount?.currency_code ?? '', minorUnits(amount) * BigInt(times))

export const isZero = (amount: MoneyLike): boolean => minorUnits(amount) === 0n

/** Formats exactly, whatever the size: Intl takes the decimal as a string, never as a float. */
export function formatMoney(amount: MoneyLike, { locale, sign = false }: { locale?: string; sign?: boolean } = {}): string {
  const currency = amount?.currency_code
  if (!currency) return ''
  const format = formatter(currency, locale, sign)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(decimal(minorUnits(amount), digits) as `${number}`)
}

/** How many digits a currency has behind the point; 2 for one that nobody knows. */
export const currencyDigits = (currency: string): number => {
  try {
    return formatter(currency, undefined, false).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** An amount as a form shows it, without its currency: "12.50". */
export const decimalOf = (amount: MoneyLike): string => decimal(minorUnits(amount), currencyDigits(amount?.currency_code ?? ''))

/** An amount as somebody types it, "12", "12.5" or "−1,50", in minor units; undefined if it is none, or finer than the currency. */
export function parseDecimal(text: string, currency: string): bigint | undefined {
  const found = /^([-−+]?)(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim())
  const digits = currencyDigits(currency)
  const fraction = found?.[3] ?? ''
  if (!found || fraction.length > digits) return undefined
  const value = BigInt((found[2] ?? '') + fraction.padEnd(digits, '0'))
  return found[1] === '-' || found[1] === '−' ? -value : value
}

function decimal(minor: bigint, digits: number): string {
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${minor < 0n ? '-' : ''}${whole}${digits ? `.${text.slice(-digits)}` : ''}`
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(currency: string, locale: string | undefined, sign: boolean): Intl.NumberFormat {
  const key = `${currency} ${locale} ${sign}`
  let format = formatters.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', signDisplay: sign ? 'exceptZero' : 'auto' })
    formatters.set(key, format)
  }
  return format
}
