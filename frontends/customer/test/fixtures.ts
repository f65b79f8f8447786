import type { MenuItem, Restaurant } from '../src/shared/api.ts'

export const dosa: MenuItem = {
  item_id: 'DOSA', name: 'Masala dosa', image: 'flatbread', price: { currency_code: 'EUR', minor_units: '950' },
  option_groups: [
    { group_id: 'size', name: 'Size', min_choices: 1, max_choices: 1, options: [{ option_id: 's', name: 'Small', price_difference: '-150' }, { option_id: 'l', name: 'Large' }] },
    { group_id: 'extras', name: 'Extras', max_choices: 2, options: [{ option_id: 'ghee', name: 'Ghee', price_difference: '80' }, { option_id: 'podi', name: 'Podi', price_difference: '60' }, { option_id: 'egg', name: 'Egg', price_difference: '120' }] },
  ],
}
export const lassi: MenuItem = { item_id: 'LASSI', name: 'Lassi', image: 'glass-of-milk', price: { currency_code: 'EUR', minor_units: '390' } }

export const kitchen = (change: { dosa?: Partial<MenuItem>; lassiSoldOut?: boolean; fee?: string; withoutLassi?: boolean } = {}): Restaurant => ({
  currency_code: 'EUR',
  summary: { restaurant_id: 'R1', name: 'Dal & Daughters', image: 'curry-rice', delivery_fee: { currency_code: 'EUR', minor_units: change.fee ?? '199' }, minimum_order: { currency_code: 'EUR', minor_units: '1500' }, open_now: true },
  sections: [
    { name: 'Mains', items: [{ item: { ...dosa, ...change.dosa } }] },
    { name: 'Drinks', items: change.withoutLassi ? [] : [{ item: lassi, ...(change.lassiSoldOut ? { sold_out: true } : {}) }] },
  ],
})
