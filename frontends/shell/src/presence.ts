import { personaChanged, type Persona } from '@tiffin/kit'

// Browsers let a page that nobody looks at speak up once a minute; the house waits for two.
const every = 30_000

/**
 * Tells the house which person of the demo city somebody is here, for as long as that is so: a simulation that plays the
 * others leaves that one alone. A place whose word does not arrive is free again after a while; nothing here depends on it.
 */
export function keepPlace(session: EventTarget & { readonly persona: Persona | undefined }, target: EventTarget = globalThis): () => void {
  const listening = new AbortController()
  const { signal } = listening
  let told: string | undefined

  const tell = (id: string, verb: 'here' | 'away') => {
    // An answer has nothing to say, and a page that is left does not wait for one.
    void fetch(`/auth/personas/${encodeURIComponent(id)}:${verb}`, { method: 'POST', keepalive: true }).catch(() => {})
  }
  const say = () => {
    const id = session.persona?.persona_id
    if (told && told !== id) tell(told, 'away')
    if (id) tell(id, 'here')
    told = id
  }
  const go = () => {
    if (told) tell(told, 'away')
    told = undefined
  }
  session.addEventListener(personaChanged, say, { signal })
  target.addEventListener('pagehide', go, { signal })
  target.addEventListener('pageshow', say, { signal })
  const beat = setInterval(() => told && say(), every)
  signal.addEventListener('abort', () => clearInterval(beat))
  say()
  return () => listening.abort()
}
