import { Problem, type ProblemDocument } from './problem.ts'
import type { StreamEvent } from './sse.ts'

/** What one event of a :watch stream says. */
export type WatchMessage<T> =
  | { kind: 'document'; document: T; position: string; stale: boolean }
  | { kind: 'heartbeat'; position: string; stale: boolean }
  | { kind: 'problem'; problem: Problem }

// A stream that has begun can only report its end in its body, with the codes of google.rpc.Status.
const statuses: Record<number, number> = { 3: 400, 5: 404, 7: 403, 8: 429, 9: 409, 10: 409, 14: 503, 16: 401 }

/** Reads an event: the document is the one field that is neither position nor stale; without it, it is a heartbeat. */
export function readMessage<T>(event: StreamEvent): WatchMessage<T> {
  let body: any
  try {
    body = JSON.parse(event.data)
  } catch (cause) {
    return { kind: 'problem', problem: new Problem({ code: 'STREAM', detail: 'The live update could not be read.' }, { cause }) }
  }
  if (event.event === 'error' || event.event === 'problem' || body?.error) return { kind: 'problem', problem: problemIn(body?.error ?? body) }
  const { position = event.id, stale = false, ...rest } = body?.result ?? body ?? {}
  const document = Object.values(rest)[0]
  return document === undefined ? { kind: 'heartbeat', position, stale } : { kind: 'document', document: document as T, position, stale }
}

function problemIn(error: ProblemDocument & { message?: string; http_code?: number; code?: string | number }): Problem {
  if (typeof error.code === 'number') {
    return new Problem({ status: error.http_code ?? statuses[error.code] ?? 500, code: `RPC_${error.code}`, ...(error.message ? { detail: error.message } : {}) })
  }
  return new Problem(error)
}
