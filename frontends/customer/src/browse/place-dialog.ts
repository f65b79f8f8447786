import { base, layout } from '@tiffin/kit'
import { html, LitElement } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { place } from '../shared/place.ts'
import type { CustomerPoint } from './point.ts'
import './point.ts'

/** Asks where to deliver to, and keeps the answer. Fires `t-close`. */
@customElement('customer-place')
export class CustomerPlace extends LitElement {
  @property({ type: Boolean }) open = false
  @state() private line = ''
  @state() private start = { ...place.value }
  @query('customer-point') private point!: CustomerPoint

  static override styles = [base, layout]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('open') || !this.open) return
    this.line = place.value.line
    this.start = { ...place.value }
  }

  override render() {
    return html`<t-sheet heading="Where to?" ?open=${this.open} @t-close=${this.#closed}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); this.#keep() }}>
        <wa-input label="Street and number" autocomplete="street-address" maxlength="200" .value=${this.line} @input=${(event: Event) => (this.line = (event.target as HTMLInputElement).value ?? '')}></wa-input>
        <customer-point .start=${this.start} .name=${this.line}></customer-point>
      </form>
      <t-button slot="footer" variant="primary" size="l" full @click=${this.#keep}>Deliver here</t-button>
    </t-sheet>`
  }

  #keep() {
    const point = this.point.chosen()
    if (!point) return
    place.set({ line: this.line.trim(), ...point })
    this.#closed()
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
