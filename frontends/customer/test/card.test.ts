import { expect, test } from 'vitest'
import { cardLabel, CardStore, looksLikeCard, tokenFor } from '../src/checkout/card.ts'

const processor = { url: 'http://127.0.0.1:9095' }
const answers = (status: number, body: unknown) => () => Promise.resolve(new Response(JSON.stringify(body), { status }))

test('a number goes to the processor, and nothing but it', async () => {
  const sent: [string, RequestInit][] = []
  const token = await tokenFor(processor, '4242424242424242', (url, init) => {
    sent.push([String(url), init ?? {}])
    return answers(201, { token: 'tok_ok_1' })()
  })
  expect(token).toBe('tok_ok_1')
  expect(sent).toHaveLength(1)
  expect(sent[0]).toMatchObject(['http://127.0.0.1:9095/v1/tokens', { method: 'POST', body: '{"card_number":"4242424242424242"}', credentials: 'omit' }])
  expect(JSON.stringify(sent[0]?.[1].headers)).not.toMatch(/authorization/i)
})

test.each([
  ['is not taken', answers(422, { detail: 'no' }), /doesn’t take this card/],
  ['can’t be asked about', () => Promise.reject(new TypeError('no line')), /can’t be reached/],
  ['meets trouble', answers(500, {}), /has trouble/],
  ['is answered with nonsense', answers(201, { token: 7 }), /has trouble/],
])('a card that %s says what to do', (_, doFetch, words) => expect(tokenFor(processor, '4242424242424242', doFetch as typeof fetch)).rejects.toThrow(words))

test('where only test cards are taken, no real one is asked for', () =>
  expect(tokenFor({ ...processor, test_cards: [] }, '5500005555555559', answers(422, {}) as typeof fetch)).rejects.toThrow(/Never type a real one/))

test.each([['4242 4242 4242 4242', true], ['4242-4242-4242-4242', true], ['4242', false], ['', false], ['4242 4242 4242 424x', false]])('%s can be a card: %s', (number, can) => expect(looksLikeCard(number)).toBe(can))

test('a card is kept by its token, never by its number', () => {
  sessionStorage.clear()
  new CardStore(sessionStorage).set({ token: 'tok_ok_1', label: cardLabel('4242 4242 4242 4242', undefined) })
  expect(new CardStore(sessionStorage).value).toEqual({ token: 'tok_ok_1', label: 'Card ending in 4242' })
  expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/4242.?4242/)
  new CardStore(sessionStorage).set(undefined)
  expect(new CardStore(sessionStorage).value).toBeUndefined()
  sessionStorage.setItem('tiffin.card', '{"token":1}')
  expect(new CardStore(sessionStorage).value).toBeUndefined()
})
