import { base, layout } from '@tiffin/kit'
import { html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'

const reasons = ['A short break', 'Too many orders at once', 'Something in the kitchen is broken', 'Closed for today']

/** Asks why the restaurant pauses. Fires `pause-chosen` with detail {reason}, and `t-close`. */
@customElement('restaurant-pause')
export class RestaurantPause extends LitElement {
  @property({ type: Boolean }) open = false
  @state() private reason = ''

  static override styles = [base, layout]

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('open') && this.open) this.reason = ''
  }

  override render() {
    return html`<t-sheet heading="Pause?" ?open=${this.open} @t-close=${this.#closed}>
      <div class="stack">
        <p>Nobody can order until you take orders again. Tickets that are here stay, and are to be cooked.</p>
        <t-chips wrap label="Reason">${reasons.map((reason) => html`<t-chip ?selected=${this.reason === reason} @click=${() => (this.reason = reason)}>${reason}</t-chip>`)}</t-chips>
        <wa-input label="What customers are told" maxlength="200" hint="May be left empty." .value=${this.reason} @input=${(event: Event) => (this.reason = (event.target as HTMLInputElement).value ?? '')}></wa-input>
      </div>
      <div slot="footer" class="row spread"><t-button @click=${this.#closed}>Go on</t-button><t-button variant="primary" @click=${this.#pause}>Stop taking orders</t-button></div>
    </t-sheet>`
  }

  #pause() {
    this.dispatchEvent(new CustomEvent('pause-chosen', { detail: { reason: this.reason.trim() } }))
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
