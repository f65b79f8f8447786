const key = 'tiffin.position'

/** More than a page ever asks at once; the server takes twice as many. */
const most = 8

/** What one request, or one stream, presents and takes in. */
export interface Asked {
  /** The value of the Tiffin-Position header; empty when there is nothing to present. */
  readonly header: string
  /** Takes over the token of the answer, or of one event of the stream after the other. */
  answered(token: string | null, from: 'command' | 'query'): void
}

/**
 * Position holds the position tokens of this tab. The server merges what it saw into the tokens that it was shown, so an
 * answer's token covers those that its request presented, and takes their place. Answers that crossed each other cover
 * neither the other, and nobody here can merge them, because tokens are opaque: both are kept and presented together, and
 * the next answer covers both. The set is bounded: past the bound a query's answer is let go (and what it presented stays),
 * for a command's is how one reads one's own writes.
 */
export class Position {
  #tokens: readonly string[]
  /** Replaced by forget, so that answers to what was asked before it are let go. */
  #life = {}
  readonly #storage: Storage | undefined

  constructor(storage: Storage | undefined = tabStorage()) {
    this.#storage = storage
    this.#tokens = (storage?.getItem(key) ?? '').split(', ').filter((token) => token !== '')
  }

  /** To be called when a request sets out. */
  ask(): Asked {
    const life = this.#life
    let presented = this.#tokens
    return {
      header: presented.join(', '),
      answered: (token, from) => {
        if (!token || life !== this.#life) return
        let others = this.#tokens.filter((held) => held !== token && !presented.includes(held))
        if (others.length >= most) {
          if (from === 'query') return
          others = others.slice(1 - most)
        }
        presented = [token]
        this.#hold([...others, token])
      },
    }
  }

  forget(): void {
    this.#life = {}
    this.#hold([])
  }

  #hold(tokens: readonly string[]): void {
    const before = this.#tokens.join(', ')
    this.#tokens = tokens
    const now = tokens.join(', ')
    if (now === '') this.#storage?.removeItem(key)
    else if (now !== before) this.#storage?.setItem(key, now)
  }
}

// Storage can be forbidden altogether; then the tokens live as long as the page.
function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage
  } catch {
    return undefined
  }
}
