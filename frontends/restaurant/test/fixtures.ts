import type { Board, MenuItem, Restaurant, Sales, Ticket } from '../src/shared/api.ts'

const eur = (minor_units: string) => ({ currency_code: 'EUR', minor_units })

export const noon = Date.parse('2026-11-23T12:00:00Z')
export const after = (seconds: number, from = noon): string => new Date(from + seconds * 1000).toISOString()

export const ticket = (id: string, change: Partial<Ticket> = {}, from = noon): Ticket => ({
  ticket_id: `01KB${id.padStart(22, '0')}`, restaurant_id: 'R1', status: 'OPENED', preparation_minutes: 20, subtotal: eur('2340'),
  opened_at: after(0, from), changed_at: after(0, from), answer_by: after(300, from),
  lines: [
    { item_id: 'DOSA', name: 'Masala dosa', quantity: 2, options: ['Large', 'Ghee'], note: 'no onions' },
    { item_id: 'LASSI', name: 'Lassi', quantity: 1, options: [], note: '' },
  ],
  ...change,
})

export const board = (...tickets: Ticket[]): Board => ({ restaurant_id: 'R1', name: 'Dal & Daughters', openness: { open_now: true, paused: false }, tickets, sold_out_item_ids: [] })

export const dosa: MenuItem = {
  item_id: '01KBDOSA', name: 'Masala dosa', description: 'Crisp.', section: 'Mains', rank: 3, image: 'flatbread', price: eur('950'), allergens: ['ALLERGEN_MILK'], vegetarian: true, vegan: false, spiciness: 1,
  option_groups: [{ group_id: 'size', name: 'Size', min_choices: 1, max_choices: 1, options: [{ option_id: 's', name: 'Small', price_difference: '-150' }, { option_id: 'l', name: 'Large', price_difference: '0' }] }],
}
export const lassi: MenuItem = { item_id: '01KBLASSI', name: 'Lassi', description: '', section: 'Drinks', rank: 7, image: 'glass-of-milk', price: eur('390'), allergens: [], vegetarian: true, vegan: false, spiciness: 0, option_groups: [] }

export const restaurant = (): Restaurant => ({ restaurant_id: 'R1', name: 'Dal & Daughters', currency_code: 'EUR', openness: { open_now: true }, items: [{ item: dosa, sold_out: false }, { item: lassi, sold_out: true }] })

export const sales = (): Sales => ({
  restaurant_id: 'R1', time_zone: 'Europe/Berlin',
  today: { orders: 3, revenue: eur('4820'), top_items: [{ item_id: 'DOSA', name: 'Masala dosa', quantity: 4, revenue: eur('3800') }] },
  week: { orders: 3, revenue: eur('4820'), top_items: [] },
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, orders: hour === 11 ? 3 : 0, revenue: eur(hour === 11 ? '4820' : '0') })),
  days: Array.from({ length: 7 }, (_, day) => ({ date: `2026-11-${17 + day}`, orders: day === 6 ? 3 : 0, revenue: eur(day === 6 ? '4820' : '0') })),
})
