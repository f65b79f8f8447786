const key = 'tiffin.position'

/**
 * Position is the newest position token of this tab. The server merges what it saw into the token that it was shown, so
 * an answer's token covers the one that its request presented, and only that one: two answers that crossed each other
 * can't be merged here, because the token is opaque. A command's answer is therefore always kept (it is how one reads
 * one's own writes) and a query's only if nothing newer came in meanwhile.
 */
export class Position {
  #token: string
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined = tabStorage()) {
    this.#storage = storage
    this.#token = storage?.getItem(key) ?? ''
  }

  get token(): string {
    return this.#token
  }

  /** Takes an answer's token over; presented is the one that its request carried. */
  answered(token: string | null, presented: string, from: 'command' | 'query'): void {
    if (!token || (from === 'query' && presented !== this.#token)) return
    this.#token = token
    this.#storage?.setItem(key, token)
  }

  forget(): void {
    this.#token = ''
    this.#storage?.removeItem(key)
  }
}

// Storage can be forbidden altogether; then the token lives as long as the page.
function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    return undefined
  }
}
