import { base, isZero, layout, Listen } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { lineTotal, maxQuantity, totals, type Basket, type Line } from './basket.ts'
import { basket } from './store.ts'

/** What lies in the basket, to be changed in place. */
@customElement('customer-basket')
export class CustomerBasket extends LitElement {
  /** The checkout has its own totals and button. */
  @property({ type: Boolean }) bare = false

  static override styles = [base, layout, css`
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--t-space-1) var(--t-space-3); align-items: center; padding-block: var(--t-space-3); border-bottom: 1px solid var(--t-line); }
    li p { grid-column: 1; }
    li > t-money { justify-self: end; }
    .name { font-weight: var(--t-medium); }
    .missing { color: var(--t-saffron); }
  `]

  constructor() {
    super()
    new Listen(this, basket, 'change')
  }

  override render() {
    const held = basket.value
    if (this.bare) return held ? this.#lines(held) : nothing
    if (!held) return html`<t-card><t-empty heading="Your basket is empty" level="2" dish="bento-box">What you choose shows up here.</t-empty></t-card>`
    const sum = totals(held)
    return html`<t-card><div class="stack">
      <h2>${held.restaurant_name}</h2>
      ${this.#lines(held)}
      <div class="row spread"><span>Items</span><t-money .amount=${sum.subtotal}></t-money></div>
      <div class="row spread"><span>Delivery</span><t-money .amount=${sum.delivery_fee}></t-money></div>
      <div class="row spread"><strong>Total</strong><strong><t-money .amount=${sum.total}></t-money></strong></div>
      ${isZero(sum.missing) ? nothing : html`<p class="missing small"><t-money .amount=${sum.missing}></t-money> more to reach the minimum.</p>`}
      <t-button variant="primary" size="l" full href="/checkout">Go to checkout</t-button>
    </div></t-card>`
  }

  #lines(held: Basket) {
    return html`<ul>${held.lines.map((line: Line, at) => html`<li>
      <span class="name">${line.name}</span><t-money .amount=${lineTotal(line)}></t-money>
      <p class="quiet small">${line.option_names.join(', ')}${line.note ? html`${line.option_names.length ? ' · ' : nothing}“${line.note}”` : nothing}</p>
      <t-stepper removable size="s" label=${line.name} .value=${line.quantity} .max=${maxQuantity} @t-change=${(event: CustomEvent<{ value: number }>) => basket.setQuantity(at, event.detail.value)}></t-stepper>
    </li>`)}</ul>`
  }
}
