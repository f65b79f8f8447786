import { describe, expect, test } from 'vitest'
import { addLine, emptyBasket, lineOf } from '../src/basket/basket.ts'
import { again, refresh } from '../src/basket/refresh.ts'
import { dosa, kitchen, lassi } from './fixtures.ts'

const basket = [lineOf(dosa, ['l', 'ghee'], 2, 'crisp'), lineOf(lassi, [], 1)].reduce(addLine, emptyBasket(kitchen()))

describe('a basket brought up to date', () => {
  test('stays as it is while nothing changed', () => expect(refresh(basket, kitchen())).toEqual({ basket, changes: [] }))
  test('takes the new price over and says both', () => {
    const { basket: fresh, changes } = refresh(basket, kitchen({ dosa: { price: { currency_code: 'EUR', minor_units: '1000' } } }))
    expect(fresh.lines[0]).toMatchObject({ quantity: 2, note: 'crisp', unit_price: { minor_units: '1080' } })
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatch(/Masala dosa now costs .*10[.,]80.* instead of .*10[.,]30/)
  })
  test('loses what is sold out or gone', () => {
    expect(refresh(basket, kitchen({ lassiSoldOut: true }))).toMatchObject({ basket: { lines: [{ item_id: 'DOSA' }] }, changes: ['Lassi is sold out.'] })
    expect(refresh(basket, kitchen({ withoutLassi: true })).changes).toEqual(['Lassi is no longer on the menu.'])
  })
  test('loses what can no longer be had this way', () => expect(refresh(basket, kitchen({ dosa: { option_groups: [] } })).changes).toEqual(['Masala dosa is made differently now: please choose it again.']))
  test('says that delivery costs something else', () => expect(refresh(basket, kitchen({ fee: '299' })).changes).toEqual([expect.stringMatching(/Delivery is now .*2[.,]99/)]))
})

test('an order placed again costs what the menu says today', () => {
  const items = [{ item_id: 'DOSA', name: 'Masala dosa', quantity: 3, options: [{ option_id: 'l', name: 'Large' }], unit_price: { currency_code: 'EUR', minor_units: '900' } }]
  const { basket: fresh, changes } = again(items, kitchen())
  expect(fresh).toMatchObject({ restaurant_id: 'R1', lines: [{ quantity: 3, option_ids: ['l'], unit_price: { minor_units: '950' } }] })
  expect(changes).toHaveLength(1)
})
