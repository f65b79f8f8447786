import { asProblem, toast } from '@tiffin/kit'
import { api } from './api.ts'

/** Marks an item sold out, or back, and offers to undo it. Resolves with whether it was done; what went wrong is shown. */
export async function markSoldOut(restaurant_id: string, item: { item_id: string; name: string }, soldOut: boolean): Promise<boolean> {
  const init = { params: { path: { restaurant_id, item_id: item.item_id } }, body: {} }
  try {
    if (soldOut) await api.post('/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}:soldOut', init)
    else await api.post('/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}:back', init)
  } catch (error) {
    toast(`${item.name}: ${asProblem(error).message}`, { tone: 'danger' })
    return false
  }
  const action = soldOut ? { label: 'Undo', run: () => void markSoldOut(restaurant_id, item, false) } : undefined
  toast(soldOut ? `${item.name} is sold out: nobody can order it now.` : `${item.name} can be ordered again.`, { tone: 'positive', ...(action ? { action } : {}) })
  return true
}
