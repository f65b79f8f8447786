/** Milliseconds of a duration as the API writes it, "29.5s"; 0 if it is none. */
export function milliseconds(duration: string | undefined): number {
  const found = /^(\d+(?:\.\d+)?)s$/.exec(duration ?? '')
  return found ? Number(found[1]) * 1000 : 0
}

/**
 * When an offer ends by this device's clock: what was left of it when the answer came, from then on. Its time of the day is
 * the server's, and the two clocks need not agree.
 */
export const deadlineOf = (expiresIn: string | undefined, arrived: number): number => arrived + milliseconds(expiresIn)
