import { parseDecimal } from '@tiffin/kit/client'

// Tips in minor units: whole numbers from the first key to the request.
export const tipShares = [0, 5, 10, 15] as const

/** A share of an amount in per cent, rounded half up to a minor unit. */
export const shareOf = (amount: bigint, percent: number): bigint => (amount * BigInt(percent) + 50n) / 100n

/** A tip as somebody types it; nothing typed is none. Undefined if it is no amount, or less than nothing. */
export function parseTip(text: string, currency: string): bigint | undefined {
  const amount = text.trim() === '' ? 0n : parseDecimal(text, currency)
  return amount !== undefined && amount >= 0n ? amount : undefined
}
