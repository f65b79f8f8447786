export type Params = Record<string, string>

/**
 * Matches a path with a pattern such as "/restaurants/:restaurant_id": segment by segment, a name takes one segment, and
 * a last "*" takes whatever is left. Undefined if it does not match.
 */
export function match(pattern: string, path: string): Params | undefined {
  const [want, have] = [segments(pattern), segments(path)]
  const params: Params = {}
  for (const [index, part] of want.entries()) {
    if (part === '*') return params
    const value = have[index]
    if (value === undefined) return undefined
    if (part.startsWith(':')) params[part.slice(1)] = decode(value)
    else if (part !== value) return undefined
  }
  return have.length === want.length ? params : undefined
}

const segments = (path: string): string[] => path.split('/').filter(Boolean)

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
