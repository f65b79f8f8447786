// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { Position, type Asked } from '../src/client/position.ts'

/** A server that does what ours does: an answer's token is all that was presented, merged with what this request saw. */
const merge = (...tokens: string[]) => [...new Set(tokens.flatMap((token) => token.split(/, |[+]/)).filter(Boolean))].sort().join('+')
const answer = (asked: Asked, saw: string, from: 'command' | 'query' = 'query') => asked.answered(merge(asked.header, saw), from)
const covers = (position: Position) => merge(position.ask().header)

const orders = <T>(items: T[]): T[][] => (items.length < 2 ? [items] : items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map((rest) => [item, ...rest])))

describe('answers to requests that were under way at once', () => {
  test.each(orders(['a', 'b', 'c', 'd']))('are all covered by every later request: %s, %s, %s, %s', (...arriving) => {
    const position = new Position(undefined)
    answer(position.ask(), 'first')
    const asked = Object.fromEntries(arriving.toSorted().map((saw) => [saw, position.ask()]))
    let seen = ['first']
    for (const saw of arriving) {
      answer(asked[saw]!, saw, saw === 'b' ? 'command' : 'query')
      seen = [...seen, saw]
      expect(covers(position)).toBe(merge(...seen))
    }
    answer(position.ask(), 'last')
    expect(position.ask().header).toBe(merge(...seen, 'last'))
  })

  test('cover each other also when others set out in between', () => {
    const position = new Position(undefined)
    const slow = position.ask()
    answer(position.ask(), 'a', 'command')
    const next = position.ask()
    answer(slow, 'b')
    answer(next, 'c')
    expect(covers(position)).toBe('a+b+c')
    answer(position.ask(), 'd')
    expect(position.ask().header).toBe('a+b+c+d')
  })

  test('are bounded, and never cost a command’s', () => {
    const position = new Position(undefined)
    answer(position.ask(), 'before', 'command')
    const asked = Array.from({ length: 20 }, () => position.ask())
    const command = position.ask()
    asked.forEach((one, i) => answer(one, `q${i}`))
    expect(position.ask().header.split(', ')).toHaveLength(8)
    answer(command, 'mine', 'command')
    expect(position.ask().header.split(', ')).toHaveLength(8)
    expect(covers(position).split('+')).toEqual(expect.arrayContaining(['before', 'mine']))
  })
})

test('a stream’s tokens take each other’s place', () => {
  const position = new Position(undefined)
  answer(position.ask(), 'a', 'command')
  const stream = position.ask()
  stream.answered('a+b', 'query')
  stream.answered('a+b+c', 'query')
  expect(position.ask().header).toBe('a+b+c')
})

test('an answer without a token changes nothing', () => {
  const position = new Position(undefined)
  answer(position.ask(), 'a')
  position.ask().answered(null, 'command')
  expect(position.ask().header).toBe('a')
})

test('positions are kept for the tab and can be forgotten, by what is under way too', () => {
  const storage = new Map<string, string>()
  const tab = { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => void storage.set(key, value), removeItem: (key: string) => void storage.delete(key) } as unknown as Storage
  const position = new Position(tab)
  const [one, two] = [position.ask(), position.ask()]
  one.answered('a', 'query')
  two.answered('b', 'query')
  expect(new Position(tab).ask().header).toBe('a, b')
  const late = position.ask()
  position.forget()
  late.answered('c', 'command')
  expect(position.ask().header).toBe('')
  expect(new Position(tab).ask().header).toBe('')
})
