import { Problem, type ProblemDocument } from './problem.ts'
import type { StreamEvent } from './sse.ts'

/** What one event of a :watch stream says. */
export type WatchMessage<T> =
  | { kind: 'document'; document: T; position: string; stale: boolean }
  | { kind: 'heartbeat'; position: string }
  | { kind: 'problem'; problem: Problem }

/**
 * Reads an event as platform/rest writes it: "document" and "stale" carry the whole document (stale: behind what was asked
 * for), "error" a problem, and the id is the position. Whatever else there may be one day only shows that the line lives.
 */
export function readMessage<T>({ event, data, id }: StreamEvent): WatchMessage<T> {
  if (event !== 'document' && event !== 'stale' && event !== 'error') return { kind: 'heartbeat', position: id }
  let body: unknown
  try {
    body = JSON.parse(data)
  } catch (cause) {
    return { kind: 'problem', problem: new Problem({ code: 'STREAM', detail: 'The live update could not be read.' }, { cause }) }
  }
  if (event === 'error') return { kind: 'problem', problem: new Problem((body ?? {}) as ProblemDocument) }
  return { kind: 'document', document: body as T, position: id, stale: event === 'stale' }
}
