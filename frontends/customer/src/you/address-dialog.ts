import { asProblem, base, layout, needForms, type Problem, toast } from '@tiffin/kit'
import { newId } from '@tiffin/kit/client'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { CustomerPoint } from '../browse/point.ts'
import '../browse/point.ts'
import { api, type SavedAddress } from '../shared/api.ts'
import { fieldStyles, focusWrong, saidOf, textField } from '../shared/field.ts'
import { cityCentre } from '../shared/place.ts'

/** Keeps an address: a new one that starts at a place, or one that is kept already. Fires `t-close`. */
@customElement('customer-address')
export class CustomerAddress extends LitElement {
  @property() customerId = ''
  /** What is edited; undefined: the dialog is closed. */
  @property({ attribute: false }) address: SavedAddress | undefined
  @state() private label = ''
  @state() private line = ''
  @state() private busy = false
  @state() private tried = false
  @state() private problem: Problem | undefined
  @query('customer-point') private point!: CustomerPoint
  #start = cityCentre
  #id = ''
  #fresh = true

  static override styles = [base, layout, fieldStyles]

  override connectedCallback() {
    super.connectedCallback()
    needForms()
  }

  override willUpdate(changed: Map<string, unknown>) {
    const { address } = this
    if (!changed.has('address') || !address) return
    this.label = address.label ?? ''
    this.line = address.line ?? ''
    this.#start = { line: '', latitude: address.latitude ?? 0, longitude: address.longitude ?? 0 }
    this.#fresh = !address.address_id
    this.#id = address.address_id || newId() // made once: whatever is tried again is the same address
    this.tried = this.busy = false
    this.problem = undefined
  }

  override render() {
    const { problem } = this
    const at = saidOf(problem, 'location', 'latitude', 'longitude')
    const missing = this.tried && !this.line.trim() ? 'Please say where we ring the bell.' : undefined
    const placed = problem?.violations.length && (at || saidOf(problem, 'line', 'label'))
    return html`<t-sheet heading=${this.#fresh ? 'A new address' : 'Change the address'} ?open=${this.address !== undefined} @t-close=${this.#closed}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#keep() }} @keydown=${(event: KeyboardEvent) => this.#pressed(event)}>
        ${textField({ label: 'Name of the place', value: this.label, set: (value) => (this.label = value), wrong: saidOf(problem, 'label'), hint: 'Such as home or work. May be left empty.', maxlength: 60 })}
        ${textField({ label: 'Street and number', value: this.line, set: (value) => (this.line = value), wrong: missing ?? saidOf(problem, 'line'), maxlength: 200, autocomplete: 'street-address', required: true })}
        <customer-point .start=${this.#start} .name=${this.label || this.line}></customer-point>
        ${at ? html`<p class="small" role="alert">${at}</p>` : nothing}
        ${problem && !placed ? html`<t-problem inline level="3" .problem=${problem}></t-problem>` : nothing}
      </form>
      <t-button slot="footer" variant="primary" size="l" full ?loading=${this.busy} @click=${() => this.#keep()}>Keep this address</t-button>
    </t-sheet>`
  }

  #pressed(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.target as Element).localName === 'wa-input') void this.#keep()
  }

  async #keep() {
    if (this.busy) return
    this.tried = true
    this.problem = undefined
    const point = this.point.chosen()
    if (!this.line.trim()) return focusWrong(this)
    if (!point) return
    this.busy = true
    try {
      const params = { path: { customer_id: this.customerId, address_id: this.#id } }
      await api.put('/api/customer/v1/customers/{customer_id}/addresses/{address_id}', { params, body: { label: this.label.trim(), line: this.line.trim(), ...point } })
      toast('The address is kept.', { tone: 'positive' })
      this.dispatchEvent(new CustomEvent('kept'))
      this.#closed()
    } catch (error) {
      this.problem = asProblem(error)
      void focusWrong(this)
    }
    this.busy = false
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-address': CustomerAddress }
}
