import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { formatMoney, type MoneyLike } from '../format/money.ts'

/** An amount of the API, in the reader's notation. `sign` shows the plus of a difference. */
@customElement('t-money')
export class TMoney extends LitElement {
  @property({ attribute: false }) amount: MoneyLike
  @property() currency = ''
  @property() minor = ''
  @property({ type: Boolean }) sign = false

  static override styles = css`:host { font-variant-numeric: tabular-nums; white-space: nowrap; }`

  override render() {
    const amount = this.amount ?? { currency_code: this.currency, minor_units: this.minor }
    return html`${formatMoney(amount, { sign: this.sign })}`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-money': TMoney }
}
