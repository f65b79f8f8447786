import { describe, expect, test } from 'vitest'
import { Problem } from '@tiffin/kit/client'
import { addLine, emptyBasket, lineOf } from '../src/basket/basket.ts'
import { refusalOf } from '../src/checkout/refusal.ts'
import { orderOf } from '../src/checkout/request.ts'
import { dosa, kitchen, lassi } from './fixtures.ts'

const basket = [lineOf(dosa, ['l', 'podi'], 2, 'crisp'), lineOf(lassi, [], 1)].reduce(addLine, emptyBasket(kitchen()))

test('an order says exactly what was shown, and the total that was shown', () =>
  expect(orderOf(basket, { line: '12 Lake Road', latitude: 52.5, longitude: 13.4 }, 150n)).toEqual({
    restaurant_id: 'R1',
    items: [{ item_id: 'DOSA', quantity: 2, option_ids: ['l', 'podi'], note: 'crisp' }, { item_id: 'LASSI', quantity: 1, option_ids: [], note: '' }],
    delivery_address: { line: '12 Lake Road', latitude: 52.5, longitude: 13.4 },
    expected_total: { currency_code: 'EUR', minor_units: '2759' }, // 2 × 10.10 + 3.90 + 1.99 + 1.50
    tip: { currency_code: 'EUR', minor_units: '150' },
  }))

test('an order is paid by a token where a card was given', () =>
  expect(orderOf(basket, { line: '', latitude: 0, longitude: 0 }, 0n, 'tok_ok_1').payment_token).toBe('tok_ok_1'))

describe('a refusal', () => {
  test('of a total says that the menu was loaded again and nothing was ordered', () =>
    expect(refusalOf(new Problem({ status: 409, code: 'TOTAL_CHANGED' })).text).toMatch(/menu again.*Nothing was ordered/))
  test('of an unknown kind keeps the words of the server, and what it says of the fields', () =>
    expect(refusalOf(new Problem({ status: 400, code: 'NEWER', detail: 'Not like this.', violations: [{ field: 'tip', description: 'Too much.' }] })).text).toBe('Not like this. Too much.'))
})
