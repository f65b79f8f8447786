// Tips in minor units: whole numbers from the first key to the request.
export const tipShares = [0, 5, 10, 15] as const

/** A share of an amount in per cent, rounded half up to a minor unit. */
export const shareOf = (amount: bigint, percent: number): bigint => (amount * BigInt(percent) + 50n) / 100n

const digitsOf = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2 // no such currency
  }
}

/** An amount as somebody types it, such as "2", "2.5" or "2,50"; undefined if it is none, or finer than the currency. */
export function parseAmount(text: string, currency: string): bigint | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 0n
  const found = /^(\d{1,9})(?:[.,](\d*))?$/.exec(trimmed)
  const digits = digitsOf(currency)
  const fraction = found?.[2] ?? ''
  if (!found || fraction.length > digits) return undefined
  return BigInt((found[1] ?? '') + fraction.padEnd(digits, '0'))
}
