// The REST and live client of a tab: one session, one position, one stream.
import { personaChanged, session } from '../session/session.ts'
import { createApi, type Api } from './api.ts'
import { Position } from './position.ts'
import { createSend, type SendOptions } from './send.ts'
import { createWatch } from './watch.ts'

const position = new Position()
session.addEventListener(personaChanged, () => position.forget())

/** The fetch under createClient, for what no OpenAPI file describes. Rejects with a Problem. */
export const send = createSend({ credentials: session, position })

/** A send beside the tab's own, whose commands neither wait for others nor hold them up. */
export const sender = (options: Pick<SendOptions, 'attempts' | 'timeout'>) => createSend({ credentials: session, position, ...options })

/** Follows a :watch URL; returns the function that ends it. */
export const watch = createWatch({ credentials: session, position })

/** A typed client: `createClient<paths>()`, with paths from gen/ts. */
export const createClient = <P extends {}>(): Api<P> => createApi<P>(send)

export type { Answer, Api } from './api.ts'
export { newId } from './id.ts'
export { asProblem, Problem, type ProblemDocument, type Violation } from './problem.ts'
export type { WatchOptions } from './watch.ts'
export { personaChanged, session, signInNeeded, type Persona } from '../session/session.ts'
export * from '../format/money.ts'
export * from '../format/time.ts'
