import { describe, expect, test } from 'vitest'
import { StreamParser, type StreamEvent } from '../src/client/sse.ts'

function parse(...pieces: string[]): StreamEvent[] {
  const events: StreamEvent[] = []
  const parser = new StreamParser((event) => events.push(event))
  for (const piece of pieces) parser.push(piece)
  return events
}

const message = (data: string, id = '', event = 'message'): StreamEvent => ({ event, data, id })

describe('a stream', () => {
  test.each([
    ['one line', 'data: hello\n\n', [message('hello')]],
    ['several data lines', 'data: a\ndata: b\ndata:\n\n', [message('a\nb\n')]],
    ['only the first space is dropped', 'data:  two\n\n', [message(' two')]],
    ['a named event', 'event: error\ndata: {}\n\n', [message('{}', '', 'error')]],
    ['an id that stays', 'id: 7\ndata: a\n\ndata: b\n\n', [message('a', '7'), message('b', '7')]],
    ['an id that is reset', 'id: 7\ndata: a\n\nid\ndata: b\n\n', [message('a', '7'), message('b')]],
    ['an id with NUL is ignored', 'id: 7\ndata: a\n\nid: x\0\ndata: b\n\n', [message('a', '7'), message('b', '7')]],
    ['comments and unknown fields', ': ping\nfoo: bar\n\ndata: a\n\n', [message('a')]],
    ['no data, no event', 'event: x\nid: 1\n\ndata: a\n\n', [message('a', '1')]],
    ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
    ['an event that the end cuts off', 'data: a\n\ndata: b\n', [message('a')]],
  ])('%s', (_, text, want) => expect(parse(text)).toEqual(want))

  const text = ': hi\nid: 1\ndata: {"a":\ndata: 1}\n\nevent: error\r\nid: 2\r\ndata: späť 🍛\r\n\r\ndata: c\r\rid: 3\ndata: d\n\n'
  const whole = [message('{"a":\n1}', '1'), message('späť 🍛', '2', 'error'), message('c', '2'), message('d', '3')]

  test('reads LF, CR and CRLF', () => expect(parse(text)).toEqual(whole))

  test('reads the same wherever it is cut in two', () => {
    for (let cut = 0; cut <= text.length; cut++) expect(parse(text.slice(0, cut), text.slice(cut)), `cut at ${cut}`).toEqual(whole)
  })

  test('reads the same character by character', () => expect(parse(...text.split(''))).toEqual(whole))

  test('reports retry', () => {
    const retries: number[] = []
    new StreamParser(() => {}, (milliseconds) => retries.push(milliseconds)).push('retry: 250\nretry: soon\n')
    expect(retries).toEqual([250])
  })
})
