import type { Problem } from '../client/problem.ts'
import type { Entry, Refusal } from './command.ts'

// Answers of the 400s that are about the moment, not about the command; a 401 waits for somebody to sign in.
const passing = new Set([401, 408, 425, 429])

/** What an answer means for a command: it was taken, it will never be, or it is to be sent again. */
export function verdictOn(problem: Problem | undefined): 'taken' | 'refused' | 'again' {
  if (!problem) return 'taken'
  if (problem.code === 'CLIENT') return 'refused' // it can't even be sent: a fault of the page, which a repetition has as well
  return problem.status >= 400 && problem.status < 500 && !passing.has(problem.status) ? 'refused' : 'again'
}

/** What a person is told of a command whose time has passed. Whether it arrived is not always known. */
export const tooLate = (entry: Entry): Refusal => ({
  code: 'TOO_LATE',
  status: 0,
  detail: entry.tries
    ? 'There was no answer in time, so we don’t know whether it arrived. We have stopped trying.'
    : 'There was no connection in time, so it was not sent.',
})
