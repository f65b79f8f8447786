// Brings what the server says of a request's fields to the fields of the form.
import type { Violation } from '@tiffin/kit/client'

export interface Placed {
  /** What is said at a field, by the field's name. */
  at: Map<string, string>
  /** What concerns no field that the form shows. */
  rest: Violation[]
}

/** Each violation at the field that it names, or at the innermost one that holds it: "item.price.minor_units" is the price. */
export function place(violations: readonly Violation[], shown: readonly string[]): Placed {
  const placed: Placed = { at: new Map(), rest: [] }
  for (const violation of violations) {
    const holder = shown.filter((field) => holds(field, violation.field)).sort((a, b) => b.length - a.length)[0]
    if (holder === undefined) placed.rest.push(violation)
    else if (!placed.at.has(holder)) placed.at.set(holder, sentence(violation.description))
  }
  return placed
}

const holds = (field: string, inner: string): boolean => inner === field || (inner.startsWith(field) && /^[.[]/.test(inner.slice(field.length)))

/** "is needed" → "Is needed." */
const sentence = (text: string): string => {
  const trimmed = text.trim()
  return trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.')
}
