import { base, layout, Listen, Load, personaChanged, session } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { addressAt, isAt, mostAddresses, placeOf } from '../shared/address.ts'
import { api, type Customer, type SavedAddress } from '../shared/api.ts'
import { place } from '../shared/place.ts'
import '../you/address-dialog.ts'

/** The addresses that the customer keeps, to deliver to with one press, and the way to keep the one that is typed. */
@customElement('customer-saved')
export class CustomerSaved extends LitElement {
  @state() private keeping: SavedAddress | undefined
  readonly #customer = new Load<Customer>(this)

  static override styles = [base, layout, css`:host { --t-gap: var(--t-space-2); }`]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#load(true))
    new Listen(this, place, 'change')
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#load()
  }

  #load(forget = false) {
    const customer_id = session.persona?.persona_id
    if (!customer_id || !session.has('customer')) return this.#customer.clear()
    void this.#customer.run((signal) => api.get('/api/customer/v1/customers/{customer_id}', { params: { path: { customer_id } }, signal }), { forget })
  }

  override render() {
    const { data, problem } = this.#customer
    if (problem && !data) return html`<div class="row"><p class="quiet small" role="status">Your addresses didn’t load.</p><t-button size="s" @click=${() => this.#load()}>Try again</t-button></div>`
    if (data?.status !== 'REGISTERED') return nothing
    const addresses = data.addresses ?? []
    const known = addresses.some((address) => isAt(address, place.value))
    return html`<div class="stack">
      ${addresses.length ? html`<t-chips wrap label="Your addresses">${addresses.map((address) => html`<t-chip icon="house" ?selected=${isAt(address, place.value)} @click=${() => place.set(placeOf(address))}>${address.label || address.line}</t-chip>`)}</t-chips>` : nothing}
      ${!known && place.value.line && addresses.length < mostAddresses ? html`<div><t-button size="s" variant="quiet" @click=${() => (this.keeping = addressAt(place.value))}><t-icon slot="start" name="plus"></t-icon>Keep this address</t-button></div>` : nothing}
      <customer-address .customerId=${data.customer_id ?? ''} .address=${this.keeping} @kept=${() => this.#load()} @t-close=${() => (this.keeping = undefined)}></customer-address>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-saved': CustomerSaved }
}
