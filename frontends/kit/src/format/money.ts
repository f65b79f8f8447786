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
