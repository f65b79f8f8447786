import { expect, test } from 'vitest'
import { readMessage } from '../src/client/message.ts'

const read = (data: unknown, event = 'message') => readMessage({ event, id: 'from-id', data: typeof data === 'string' ? data : JSON.stringify(data) })

test('the one field beside position and stale is the document', () => {
  expect(read({ position: 'p1', order: { order_id: '1' } })).toEqual({ kind: 'document', document: { order_id: '1' }, position: 'p1', stale: false })
})

test('what the gateway wraps is unwrapped, and the event’s id stands in for the position', () => {
  expect(read({ result: { order: { order_id: '1' }, stale: true } })).toEqual({ kind: 'document', document: { order_id: '1' }, position: 'from-id', stale: true })
})

test('without a document it is a heartbeat', () => {
  expect(read({ position: 'p2' })).toEqual({ kind: 'heartbeat', position: 'p2', stale: false })
  expect(read({})).toMatchObject({ kind: 'heartbeat' })
})

test.each([
  ['a problem document as an event of its own', { status: 403, code: 'FORBIDDEN', detail: 'Not yours.' }, 'error', { status: 403, code: 'FORBIDDEN', message: 'Not yours.' }],
  ['a status of the gateway', { error: { code: 14, message: 'away' } }, 'message', { status: 503, code: 'RPC_14', message: 'away' }],
  ['a status with its HTTP code', { error: { code: 2, http_code: 504 } }, 'message', { status: 504, code: 'RPC_2' }],
])('%s is a problem', (_, data, event, want) => {
  const message = read(data, event)
  expect(message).toMatchObject({ kind: 'problem', problem: want })
})

test('what is not JSON is a problem, not an exception', () => {
  expect(read('<html>')).toMatchObject({ kind: 'problem', problem: { code: 'STREAM' } })
})
