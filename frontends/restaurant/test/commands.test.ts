import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Commands } from '../src/board/commands.ts'
import { board, ticket } from './fixtures.ts'

const sent: [path: string, body: unknown][] = []
let answer: () => Response

beforeEach(() => {
  sent.length = 0
  answer = () => Response.json({})
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    sent.push([new URL(request.url).pathname, await request.json()])
    return answer()
  }))
})
afterEach(() => vi.unstubAllGlobals())

const opened = ticket('A')

test('a ticket takes one command at a time, and is busy until the board shows what it did', async () => {
  const commands = new Commands()
  const [first, second] = await Promise.all([commands.run('accept', opened, { ready_in: '1200s' }), commands.run('start', opened, {})])
  expect([first, second]).toEqual([true, false])
  expect(sent).toEqual([[`/api/restaurant/v1/tickets/${opened.ticket_id}:accept`, { ready_in: '1200s' }]])
  expect(commands.busy(opened)).toBe('accept')
  const accepted = { ...opened, status: 'ACCEPTED' as const, changed_at: '2026-11-23T12:01:00Z' }
  expect(commands.busy(accepted)).toBeUndefined()
  commands.shown(board(accepted))
  expect(commands.busy(opened)).toBeUndefined()
})

test('a no is kept with the ticket, as long as it is as it was', async () => {
  const commands = new Commands()
  answer = () => Response.json({ status: 409, code: 'TICKET_NOT_OPEN', detail: 'This ticket is cancelled.' }, { status: 409, headers: { 'Content-Type': 'application/problem+json' } })
  expect(await commands.run('start', opened, {})).toBe(false)
  expect(commands.problem(opened)?.message).toBe('This ticket is cancelled.')
  expect(commands.busy(opened)).toBeUndefined()
  commands.shown(board(opened))
  expect(commands.problem(opened)).toBeDefined()
  commands.shown(board())
  expect(commands.problem(opened)).toBeUndefined()
})
