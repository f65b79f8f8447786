/** How long to wait before the given repetition (0 is the first): doubling, capped, and never in step with other tabs. */
export function backoff(repetition: number, { base = 300, cap = 15_000, random = Math.random } = {}): number {
  const ceiling = Math.min(cap, base * 2 ** repetition)
  return ceiling / 2 + (ceiling / 2) * random()
}

/** Resolves after the time, or rejects with the signal's reason as soon as it aborts. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const done = () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}
