/** One event of a text/event-stream. */
export interface StreamEvent {
  event: string
  data: string
  id: string
}

/**
 * Parses text/event-stream as it comes in, by the rules of the HTML standard: pieces may end anywhere, in the middle of
 * a line or between CR and LF. An event that the stream's end cuts off is never delivered.
 */
export class StreamParser {
  #rest = ''
  #afterCarriageReturn = false
  #started = false
  #event = ''
  #data: string[] = []
  #id = ''
  readonly #emit: (event: StreamEvent) => void
  readonly #onRetry: (milliseconds: number) => void

  constructor(emit: (event: StreamEvent) => void, onRetry: (milliseconds: number) => void = () => {}) {
    this.#emit = emit
    this.#onRetry = onRetry
  }

  push(piece: string): void {
    if (piece === '') return
    if (!this.#started) {
      this.#started = true
      if (piece.startsWith('\uFEFF')) piece = piece.slice(1)
    }
    if (this.#afterCarriageReturn && piece.startsWith('\n')) piece = piece.slice(1)
    this.#afterCarriageReturn = piece.endsWith('\r')
    const lines = (this.#rest + piece).split(/\r\n|\r|\n/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line)
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch()
    if (line.startsWith(':')) return
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    else if (field === 'data') this.#data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.#id = value
    else if (field === 'retry' && /^\d+$/.test(value)) this.#onRetry(Number(value))
  }

  #dispatch(): void {
    const [event, data] = [this.#event || 'message', this.#data]
    this.#event = ''
    this.#data = []
    if (data.length > 0) this.#emit({ event, data: data.join('\n'), id: this.#id })
  }
}
