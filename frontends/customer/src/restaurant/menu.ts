import { html, nothing } from 'lit'
import type { MenuItem, OfferedItem, Restaurant } from '../shared/api.ts'
import { allergenName } from '../shared/words.ts'

const idOf = (index: number): string => `section-${index}`

/** The headings to jump to. */
export const sectionLinks = (restaurant: Restaurant, jump: (id: string) => void) => html`<t-chips label="Menu sections">
  ${(restaurant.sections ?? []).map((section, index) => html`<t-chip @click=${() => jump(idOf(index))}>${section.name}</t-chip>`)}
</t-chips>`

/** The whole menu; choose opens an item. */
export const menu = (restaurant: Restaurant, choose: (item: MenuItem) => void) => html`
  ${(restaurant.sections ?? []).map((section, index) => html`<section id=${idOf(index)} aria-labelledby="${idOf(index)}-name">
    <h2 id="${idOf(index)}-name">${section.name}</h2>
    <ul>${(section.items ?? []).map((offer) => entry(offer, choose))}</ul>
  </section>`)}`

function entry({ item, sold_out }: OfferedItem, choose: (item: MenuItem) => void) {
  if (!item) return nothing
  return html`<li class=${sold_out ? 'item out' : 'item'}>
    <t-dish name=${item.image ?? ''}></t-dish>
    <div class="about">
      <h3>${sold_out ? item.name : html`<button class="pick" type="button" @click=${() => choose(item)}>${item.name}</button>`}</h3>
      ${item.description ? html`<p class="quiet small">${item.description}</p>` : nothing}
      <div class="row marks">
        <t-money .amount=${item.price}></t-money>
        ${sold_out ? html`<t-badge tone="warning" icon="ban">Sold out</t-badge>` : nothing}
        ${item.vegan ? html`<t-badge tone="positive" icon="leaf">Vegan</t-badge>` : item.vegetarian ? html`<t-badge tone="positive" icon="leaf">Vegetarian</t-badge>` : nothing}
        ${item.spiciness ? html`<t-badge tone="danger">${['', 'A little hot', 'Hot', 'Very hot'][item.spiciness] ?? 'Hot'}</t-badge>` : nothing}
      </div>
      ${item.allergens?.length ? html`<p class="quiet small">Contains ${item.allergens.map(allergenName).join(', ')}</p>` : nothing}
    </div>
    ${sold_out ? nothing : html`<span class="plus" aria-hidden="true"><t-icon name="plus"></t-icon></span>`}
  </li>`
}
