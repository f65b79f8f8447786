import { formatDistance, isZero } from '@tiffin/kit'
import { html, nothing } from 'lit'
import type { RestaurantSummary } from '../shared/api.ts'
import { cuisineName, openness } from '../shared/words.ts'

/** A restaurant in a list. */
export function restaurantCard(summary: RestaurantSummary) {
  const { open, short } = openness(summary)
  const facts = [
    summary.preparation_minutes ? `${summary.preparation_minutes} min` : '',
    summary.distance_meters == null ? '' : formatDistance(summary.distance_meters),
  ].filter(Boolean)
  return html`<t-card interactive class=${open ? 'open' : 'closed'}>
    <t-dish slot="media" name=${summary.image ?? ''}></t-dish>
    <h2><a class="cover" href="/restaurants/${encodeURIComponent(summary.restaurant_id ?? '')}">${summary.name}</a></h2>
    <t-badge tone=${open ? 'positive' : 'neutral'} icon="clock">${short}</t-badge>
    <p class="quiet small">${(summary.cuisines ?? []).map(cuisineName).join(' · ')}</p>
    <p class="small">${facts.join(' · ')}${facts.length ? ' · ' : nothing}${isZero(summary.delivery_fee) ? 'free delivery' : html`<t-money .amount=${summary.delivery_fee}></t-money> delivery`}</p>
  </t-card>`
}
