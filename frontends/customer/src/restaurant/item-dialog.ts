import { base, layout, minorUnits, money, needForms, timesMoney } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { lineOf, maxQuantity, type Line } from '../basket/basket.ts'
import { choiceProblem, choiceRule, firstChoices, toggle } from '../basket/options.ts'
import type { MenuItem, OptionGroup } from '../shared/api.ts'
import { allergenName } from '../shared/words.ts'

/** One item with its choices. Fires `item-chosen` with detail {line}, and `t-close`. */
@customElement('customer-item')
export class CustomerItem extends LitElement {
  /** Open while there is one. */
  @property({ attribute: false }) item: MenuItem | undefined
  /** Why nothing can be ordered now; empty when it can. */
  @property() closed = ''
  @state() private chosen: string[] = []
  @state() private quantity = 1
  @state() private note = ''
  @state() private tried = false

  static override styles = [base, layout, css`
    t-dish { --t-dish-ratio: 16 / 7; margin-bottom: var(--t-space-2); }
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
    legend { padding: 0; font-weight: var(--t-bold); font-size: var(--t-text-l); }
    label { display: flex; align-items: center; gap: var(--t-space-3); min-height: 2.75rem; border-bottom: 1px solid var(--t-line); cursor: pointer; }
    label span { flex: 1; }
    input { width: 1.25rem; height: 1.25rem; accent-color: var(--t-brand-deep); flex: none; }
    .wrong { color: var(--t-chilli); }
    .foot { flex-wrap: nowrap; }
    .foot t-button { flex: 1; }
    .closed { color: var(--t-saffron); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('item') || !this.item) return
    this.chosen = firstChoices(this.item.option_groups ?? [])
    this.quantity = 1
    this.note = ''
    this.tried = false
    needForms()
  }

  override render() {
    const { item } = this
    const line = item && lineOf(item, this.chosen, this.quantity)
    return html`<t-sheet heading=${item?.name ?? ''} ?open=${item !== undefined} @t-close=${this.#closed}>
      ${item ? html`<div class="stack">
        <t-dish name=${item.image ?? ''}></t-dish>
        ${item.description ? html`<p>${item.description}</p>` : nothing}
        <p class="quiet small">${item.allergens?.length ? `Contains ${item.allergens.map(allergenName).join(', ')}.` : 'No declared allergens.'}</p>
        ${(item.option_groups ?? []).map((group) => this.#group(group, item.price?.currency_code ?? ''))}
        <wa-textarea label="A wish for the kitchen" rows="2" maxlength="200" .value=${this.note} @input=${(event: Event) => (this.note = (event.target as HTMLTextAreaElement).value ?? '')}></wa-textarea>
      </div>` : nothing}
      ${line && item ? html`<div slot="footer" class="row foot">
        ${this.closed ? html`<p class="closed">${this.closed}</p>` : html`
          <t-stepper label=${item.name ?? ''} .value=${this.quantity} .max=${maxQuantity} @t-change=${(event: CustomEvent<{ value: number }>) => (this.quantity = event.detail.value)}></t-stepper>
          <t-button variant="primary" size="l" full @click=${this.#add}>Add for <t-money .amount=${timesMoney(line.unit_price, this.quantity)}></t-money></t-button>`}
      </div>` : nothing}
    </t-sheet>`
  }

  #group(group: OptionGroup, currency: string) {
    const single = (group.max_choices ?? 1) === 1 && (group.min_choices ?? 0) === 1
    const problem = this.tried ? choiceProblem(group, this.chosen) : undefined
    const full = !single && (group.options ?? []).filter((option) => this.chosen.includes(option.option_id ?? '')).length >= (group.max_choices ?? 1)
    return html`<fieldset>
      <legend>${group.name} <span class="quiet small">${choiceRule(group)}</span></legend>
      ${problem ? html`<p class="wrong small" role="alert">${problem}</p>` : nothing}
      ${(group.options ?? []).map((option) => {
        const id = option.option_id ?? ''
        const on = this.chosen.includes(id)
        const difference = money(currency, option.price_difference || 0)
        return html`<label>
          <input type=${single ? 'radio' : 'checkbox'} name=${group.group_id ?? ''} .checked=${on} ?disabled=${full && !on && (group.max_choices ?? 1) > 1} @change=${() => (this.chosen = toggle(group, this.chosen, id))}>
          <span>${option.name}</span>${minorUnits(difference) === 0n ? nothing : html`<t-money sign .amount=${difference}></t-money>`}
        </label>`
      })}
    </fieldset>`
  }

  #add() {
    const { item } = this
    if (!item) return
    this.tried = true
    if ((item.option_groups ?? []).some((group) => choiceProblem(group, this.chosen))) return
    const line: Line = lineOf(item, this.chosen, this.quantity, this.note)
    this.dispatchEvent(new CustomEvent('item-chosen', { detail: { line } }))
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
