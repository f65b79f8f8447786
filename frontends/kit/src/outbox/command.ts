/** A command as somebody gives it. */
export interface Order {
  /** Commands of one lane leave in the order in which they were given, each after the answer to the one before. */
  lane: string
  /** Where it is posted to, such as "/api/courier/v1/deliveries/1:pickUp". */
  path: string
  body?: unknown
  /** What the page will want to know of it, also after a reload. */
  about: Readonly<Record<string, string>>
  /** It is not sent when this many milliseconds have passed since it was given: a day, where nothing is said. */
  within?: number
}

/** A command as it is kept. */
export interface Entry {
  /** Where it stands among all that this browser keeps: the store counts. */
  readonly seq: number
  /** The Idempotency-Key, made once: a repetition, whoever sends it and whenever, is known by it. */
  readonly id: string
  /** Whose command it is. It leaves with their token, and with nobody else's. */
  readonly owner: string
  readonly lane: string
  readonly path: string
  readonly body: unknown
  readonly about: Readonly<Record<string, string>>
  /** When it was given, and when it is too late to send it: milliseconds of this device's clock. */
  readonly at: number
  readonly until: number
  /** How often it has set out. The count is kept before it does. */
  readonly tries: number
  /** Why it will not be sent again. It stays until the person has read it. */
  readonly refusal?: Refusal
}

export interface Refusal {
  code: string
  detail: string
  status: number
}
