/** One field that the server did not accept. */
export interface Violation {
  field: string
  description: string
}

/** The body of an application/problem+json answer (RFC 9457), as every BFF sends it. */
export interface ProblemDocument {
  type?: string
  title?: string
  status?: number
  code?: string
  detail?: string
  violations?: Violation[]
  meta?: Record<string, string>
  trace_id?: string
}

/**
 * Problem is the one error that the client throws for an answer that is not a success, and for no answer at all. Its
 * message is fit to be shown to a person; its code is what programs look at.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly violations: readonly Violation[]
  readonly meta: Readonly<Record<string, string>>
  readonly traceId: string

  constructor(document: ProblemDocument, options?: ErrorOptions) {
    super(document.detail || document.title || 'Something went wrong.', options)
    this.status = document.status ?? 0
    this.code = document.code || 'UNKNOWN'
    this.violations = document.violations ?? []
    this.meta = document.meta ?? {}
    this.traceId = document.trace_id ?? ''
  }

  /** What the server said about one field, if anything. */
  violation(field: string): string | undefined {
    return this.violations.find((violation) => violation.field === field)?.description
  }
}

export const networkProblem = (cause: unknown): Problem =>
  new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. Check your connection and try again.' }, { cause })

export const timeoutProblem = (cause?: unknown): Problem =>
  new Problem({ code: 'TIMEOUT', detail: 'That took longer than it should. Please try again.' }, { cause })

/** Reads the problem out of an answer that is not a success, whatever its body turns out to be. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? ''
  if (/\bjson\b/.test(type)) {
    const body: unknown = await response.json().catch(() => undefined)
    if (body && typeof body === 'object') return new Problem({ status: response.status, ...(body as ProblemDocument) })
  }
  return new Problem({
    status: response.status,
    code: `HTTP_${response.status}`,
    detail: response.status >= 500 ? 'Tiffin has trouble answering. Please try again in a moment.' : `The request was not accepted (${response.status}).`,
  })
}

/** Anything that was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem({ code: 'CLIENT', detail: 'Something on this page went wrong.' }, { cause: error })
}
