import { asProblem, toast } from '@tiffin/kit'

/** Carries out a tap; that this device could not even keep it is the one thing that is told at once. */
export const tap = (said: Promise<void>): void => void said.catch((error: unknown) => toast(asProblem(error).message, { tone: 'danger' }))
