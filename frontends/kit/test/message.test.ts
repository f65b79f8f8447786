import { expect, test } from 'vitest'
import { readMessage } from '../src/client/message.ts'

const read = (event: string, data: string) => readMessage({ event, data, id: 'p1' })

test.each([
  ['document', false],
  ['stale', true],
])('%s carries the document', (event, stale) => {
  expect(read(event, '{"order_id":"1"}')).toEqual({ kind: 'document', document: { order_id: '1' }, position: 'p1', stale })
})

test.each(['heartbeat', 'message', 'something-new'])('%s only shows that the line lives', (event) => {
  expect(read(event, '{}')).toEqual({ kind: 'heartbeat', position: 'p1' })
})

test('error carries a problem', () => {
  expect(read('error', '{"status":403,"code":"FORBIDDEN","detail":"Not yours."}')).toMatchObject({ kind: 'problem', problem: { status: 403, code: 'FORBIDDEN', message: 'Not yours.' } })
  expect(read('error', 'null')).toMatchObject({ kind: 'problem', problem: { code: 'UNKNOWN' } })
})

test('what is not JSON is a problem, not an exception', () => {
  expect(read('document', '<html>')).toMatchObject({ kind: 'problem', problem: { code: 'STREAM' } })
})
