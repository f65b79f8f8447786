import { describe, expect, test } from 'vitest'
import { draftOf, emptyDraft, itemOf, rankFor, sections, violations } from '../src/menu/draft.ts'
import { place } from '../src/menu/fields.ts'
import { dosa, lassi, restaurant } from './fixtures.ts'

describe('an item', () => {
  test.each([dosa, lassi])('$name goes through the form unchanged', (item) => expect(itemOf(draftOf(item), 'EUR', item.rank ?? 0)).toEqual(item))
  test('that is vegan is vegetarian', () => expect(itemOf({ ...draftOf(dosa), vegetarian: false, vegan: true }, 'EUR', 0).vegetarian).toBe(true))
  test('says at which fields something is missing', () => {
    const draft = { ...emptyDraft('I', ''), price: '9.999', groups: [{ group_id: 'g', name: '', min: 2, max: 1, options: [{ option_id: 'o', name: '', difference: 'x' }] }, { group_id: 'h', name: 'Side', min: 0, max: 1, options: [] }] }
    expect(violations(draft, 'EUR').map(({ field }) => field)).toEqual([
      'item.name', 'item.section', 'item.price', 'item.option_groups[0].name', 'item.option_groups[0].max_choices',
      'item.option_groups[0].options[0].name', 'item.option_groups[0].options[0].price_difference', 'item.option_groups[1].options',
    ])
    expect(violations(draftOf(dosa), 'EUR')).toEqual([])
  })
  test('costs what is typed, to the last unit', () => {
    expect(itemOf({ ...draftOf(dosa), price: '12,5' }, 'EUR', 0).price).toEqual({ currency_code: 'EUR', minor_units: '1250' })
    expect(violations({ ...draftOf(dosa), price: '-1' }, 'EUR')).toHaveLength(1)
    expect(violations({ ...draftOf(lassi), price: '1.5' }, 'JPY')).toHaveLength(1)
  })
})

describe('the menu', () => {
  const items = restaurant().items ?? []
  test('stands in sections', () => expect(sections([...items, { item: { ...dosa, item_id: 'X' } }]).map(({ name, items: its }) => [name, its.length])).toEqual([['Mains', 2], ['Drinks', 1]]))
  test('keeps an item in its place, and puts new ones at the end of their section', () => {
    expect(rankFor('Mains', items, '01KBDOSA')).toBe(3)
    expect(rankFor('Drinks', items, '01KBDOSA')).toBe(8)
    expect(rankFor('Mains', items, 'NEW')).toBe(4)
    expect(rankFor('Sweets', items, 'NEW')).toBe(8)
    expect(rankFor('Mains', [], 'NEW')).toBe(0)
  })
})

describe('what the server says', () => {
  const shown = ['item.name', 'item.price', 'item.option_groups[0].options', 'item.option_groups[0].options[1].name']
  test('stands at the innermost field that holds it', () => {
    const { at, rest } = place([
      { field: 'item.price.minor_units', description: 'can’t be negative' }, { field: 'item.option_groups[0].options[1].name', description: 'is too long.' },
      { field: 'item.option_groups[0].options[7].name', description: 'is needed' }, { field: 'item.price_list', description: 'is unknown' }, { field: 'item', description: 'is odd' },
    ], shown)
    expect([...at]).toEqual([['item.price', 'Can’t be negative.'], ['item.option_groups[0].options[1].name', 'Is too long.'], ['item.option_groups[0].options', 'Is needed.']])
    expect(rest.map(({ field }) => field)).toEqual(['item.price_list', 'item'])
  })
  test('first is what is shown first', () => expect(place([{ field: 'item.name', description: 'one' }, { field: 'item.name', description: 'two' }], shown).at.get('item.name')).toBe('One.'))
})
