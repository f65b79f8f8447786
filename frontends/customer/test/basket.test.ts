import { describe, expect, test } from 'vitest'
import { addLine, countItems, emptyBasket, lineOf, maxQuantity, setQuantity, totals } from '../src/basket/basket.ts'
import { BasketStore, readBasket } from '../src/basket/store.ts'
import { dosa, kitchen, lassi } from './fixtures.ts'

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })

describe('a line', () => {
  test('costs the item and its options, those that cost less too', () => expect(lineOf(dosa, ['s', 'ghee'], 1).unit_price).toEqual(eur('880')))
  test('leaves out options that the item does not have', () => expect(lineOf(dosa, ['l', 'gold'], 1).option_ids).toEqual(['l']))
})

describe('a basket', () => {
  const start = emptyBasket(kitchen())

  test('counts the same thing up, whatever the order of its options', () => {
    const one = { ...lineOf(dosa, ['l', 'ghee', 'podi'], 1), option_ids: ['podi', 'l', 'ghee'] }
    const basket = addLine(addLine(start, one), lineOf(dosa, ['l', 'ghee', 'podi'], 2))
    expect(basket.lines.map((line) => line.quantity)).toEqual([3])
  })
  test('keeps other options and other wishes apart', () => {
    const basket = [lineOf(dosa, ['l'], 1), lineOf(dosa, ['s'], 1), lineOf(dosa, ['s'], 1, 'no salt')].reduce(addLine, start)
    expect(basket.lines).toHaveLength(3)
  })
  test('loses a line that goes to none, and holds 99 of one at most', () => {
    const basket = addLine(start, lineOf(lassi, [], 98))
    expect(setQuantity(basket, 0, 0).lines).toEqual([])
    expect(countItems(addLine(basket, lineOf(lassi, [], 5)))).toBe(maxQuantity)
  })
  test('adds up exactly, far beyond what a float holds', () => {
    const dear = { ...lassi, price: eur('9007199254740993') }
    const sum = totals(addLine(start, lineOf(dear, [], 3)), 7n)
    expect(sum.subtotal).toEqual(eur('27021597764222979'))
    expect(sum.total).toEqual(eur('27021597764223185'))
  })
  test('says what is missing to the minimum, and nothing once it is there', () => {
    expect(totals(addLine(start, lineOf(lassi, [], 1))).missing).toEqual(eur('1110'))
    expect(totals(addLine(start, lineOf(lassi, [], 4))).missing).toEqual(eur('0'))
  })
})

describe('the store', () => {
  test('keeps a basket for the next visit, and forgets an empty one', () => {
    localStorage.clear()
    const store = new BasketStore(localStorage)
    store.add(kitchen(), lineOf(lassi, [], 2))
    expect(new BasketStore(localStorage).count).toBe(2)
    store.setQuantity(0, 0)
    expect(new BasketStore(localStorage).value).toBeUndefined()
  })
  test('holds one restaurant at a time', () => {
    localStorage.clear()
    const store = new BasketStore(localStorage)
    store.add(kitchen(), lineOf(lassi, [], 2))
    expect([store.holdsOther('R1'), store.holdsOther('R2')]).toEqual([false, true])
    const other = kitchen()
    store.add({ ...other, summary: { ...other.summary, restaurant_id: 'R2' } }, lineOf(dosa, ['l'], 1))
    expect(store.value?.lines.map((line) => line.item_id)).toEqual(['DOSA'])
  })
  test.each(['', '{', 'null', '[]', '{"restaurant_id":"R1","lines":[]}', '{"restaurant_id":"R1","lines":[{"item_id":"A","quantity":1.5}]}'])('takes %j for no basket', (text) =>
    expect(readBasket(text)).toBeUndefined())
})
