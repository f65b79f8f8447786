import { ulid } from 'ulid'

/** A new public id: a ULID, as the server expects of ids that clients make. */
export const newId = (): string => ulid()
