import type { Credentials } from '../client/send.ts'
import { networkProblem, Problem, problemOf } from '../client/problem.ts'

/** Somebody of the demo city whom one can be. */
export interface Persona {
  persona_id: string
  name: string
  roles: string[]
  restaurant_id?: string
  courier_id?: string
}

/** Fired on the session: who is signed in has changed. */
export const personaChanged = 'tiffin:persona-changed'
/** Fired on the session: something needs a person who is signed in. The shell answers with its picker. */
export const signInNeeded = 'tiffin:sign-in-needed'

const key = 'tiffin.persona'

/**
 * Session is who is using this browser. The persona is kept for all tabs; the token lives in memory only and is fetched
 * when it is first needed. A later identity provider replaces what is behind token and renew, nothing else.
 */
export class Session extends EventTarget implements Credentials {
  #persona: Persona | undefined
  #token: Promise<string | undefined> | undefined
  readonly #storage: Storage | undefined
  readonly #fetch: typeof fetch

  constructor(storage: Storage | undefined = browserStorage(), doFetch: typeof fetch = (...args) => globalThis.fetch(...args)) {
    super()
    this.#storage = storage
    this.#fetch = doFetch
    this.#persona = read(storage)
    globalThis.addEventListener?.('storage', (event) => {
      if (event.key === key) this.#become(read(storage))
    })
  }

  get persona(): Persona | undefined {
    return this.#persona
  }

  has(role: string): boolean {
    return this.#persona?.roles.includes(role) ?? false
  }

  /** Everybody whom one can be. */
  async personas(): Promise<Persona[]> {
    const body: unknown = await this.#json('/auth/personas', {})
    const list = Array.isArray(body) ? body : (body as { personas?: unknown })?.personas
    return Array.isArray(list) ? (list as Persona[]) : []
  }

  choose(persona: Persona): void {
    this.#storage?.setItem(key, JSON.stringify(persona))
    this.#become(persona)
  }

  leave(): void {
    this.#storage?.removeItem(key)
    this.#become(undefined)
  }

  /** Asks the person to say who they are. */
  ask(): void {
    this.dispatchEvent(new Event(signInNeeded))
  }

  token(): Promise<string | undefined> {
    const persona = this.#persona
    if (!persona) return Promise.resolve(undefined)
    this.#token ??= this.#issue(persona).catch((error: unknown) => {
      this.#token = undefined
      if (error instanceof Problem && error.status === 404) return this.leave() // somebody of a city that is gone
      throw error
    }) as Promise<string | undefined>
    return this.#token
  }

  async renew(refused: string): Promise<string | undefined> {
    const held = this.#token
    // Several requests may be refused the same token at once: the first to come asks for a new one, for all of them.
    if ((await held?.catch(() => undefined)) === refused && this.#token === held) this.#token = undefined
    const token = await this.token()
    if (!token || token === refused) this.ask()
    return token === refused ? undefined : token
  }

  async #issue(persona: Persona): Promise<string> {
    const body = (await this.#json(`/auth/personas/${encodeURIComponent(persona.persona_id)}:token`, { method: 'POST' })) as { access_token?: string }
    if (!body?.access_token) throw new Problem({ code: 'NO_TOKEN', detail: 'Signing in did not work. Please try again.' })
    return body.access_token
  }

  async #json(url: string, init: RequestInit): Promise<unknown> {
    const response = await this.#fetch(url, init).catch((error: unknown) => {
      throw networkProblem(error)
    })
    if (!response.ok) throw await problemOf(response)
    return response.json()
  }

  #become(persona: Persona | undefined): void {
    this.#persona = persona
    this.#token = undefined
    this.dispatchEvent(new Event(personaChanged))
  }
}

function read(storage: Storage | undefined): Persona | undefined {
  try {
    const value = JSON.parse(storage?.getItem(key) ?? 'null') as Persona | null
    return value && typeof value.persona_id === 'string' && Array.isArray(value.roles) ? value : undefined
  } catch {
    return undefined
  }
}

function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export const session = new Session()
