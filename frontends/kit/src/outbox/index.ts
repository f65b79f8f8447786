// Commands that are given without a connection: kept on this device and sent once. Apart from the rest, because few pages
// need it.
import { personaChanged, sender, session } from '../client/index.ts'
import { Outbox } from './outbox.ts'
import { openStore } from './store.ts'

const name = 'tiffin.outbox'
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined

/** The outbox of this browser, which all tabs share. Nothing is sent before startOutbox. */
export const outbox = new Outbox({
  store: openStore,
  send: sender({ attempts: 1 }), // it repeats by itself
  owner: () => session.persona?.persona_id,
  // Without locks two tabs may send the same at once: the server knows the key, so it still happens once.
  alone: async (work) => void (await (navigator.locks ? navigator.locks.request(name, work) : work())),
  tell: () => channel?.postMessage('changed'),
})

/** Sends what is kept: now, when the browser is back online or in front, and when somebody signs in. Returns what ends that. */
export function startOutbox(): () => void {
  const anew = () => void outbox.flush({ anew: true })
  const shown = () => document.hidden || anew()
  const owner = () => outbox.ownerChanged()
  const look = () => void outbox.look()
  addEventListener('online', anew)
  document.addEventListener('visibilitychange', shown)
  session.addEventListener(personaChanged, owner)
  channel?.addEventListener('message', look)
  anew()
  return () => {
    removeEventListener('online', anew)
    document.removeEventListener('visibilitychange', shown)
    session.removeEventListener(personaChanged, owner)
    channel?.removeEventListener('message', look)
  }
}

export type { Entry, Order, Refusal } from './command.ts'
export { commandTaken, Outbox, outboxChanged, type OutboxOptions } from './outbox.ts'
