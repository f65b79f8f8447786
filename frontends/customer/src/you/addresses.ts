import { asProblem, base, layout, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { addressAt, mostAddresses } from '../shared/address.ts'
import { api, type Customer, type SavedAddress } from '../shared/api.ts'
import { place } from '../shared/place.ts'
import './address-dialog.ts'

/** The addresses that somebody keeps, each on the map, and the ways to add, change and remove one. */
@customElement('customer-addresses')
export class CustomerAddresses extends LitElement {
  @property({ attribute: false }) customer: Customer = {}
  @state() private editing: SavedAddress | undefined
  @state() private removing: SavedAddress | undefined
  @state() private busy = ''

  static override styles = [base, layout, css`
    ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: var(--t-space-4); margin-top: var(--t-space-3); }
    li { display: grid; gap: var(--t-space-2); align-content: start; min-width: 0; }
    t-map { height: 10rem; }
    .words { overflow-wrap: anywhere; }
  `]

  override render() {
    const addresses = this.customer.addresses ?? []
    return html`<t-card><div class="row spread"><h2>Your addresses</h2>
        ${addresses.length < mostAddresses ? html`<t-button size="s" @click=${() => (this.editing = addressAt({ ...place.value, line: '' }))}><t-icon slot="start" name="plus"></t-icon>Add an address</t-button>` : nothing}</div>
        ${addresses.length ? html`<ul>${repeat(addresses, ({ address_id }) => address_id, (address) => this.#address(address))}</ul>` : html`<p class="quiet">None yet. Keep one, and ordering takes one tap less.</p>`}
        ${addresses.length >= mostAddresses ? html`<p class="quiet small">That is as many as we keep: remove one to add another.</p>` : nothing}
      </t-card>
      <customer-address .customerId=${this.customer.customer_id ?? ''} .address=${this.editing} @t-close=${() => (this.editing = undefined)}></customer-address>
      <t-sheet heading="Remove this address?" ?open=${this.removing !== undefined} @t-close=${() => (this.removing = undefined)}>
        <p class="words">${this.removing?.label ? `${this.removing.label}: ` : ''}${this.removing?.line}</p>
        <div slot="footer" class="row spread"><t-button @click=${() => (this.removing = undefined)}>Keep it</t-button><t-button variant="danger" @click=${() => this.#remove()}>Yes, remove it</t-button></div>
      </t-sheet>`
  }

  #address(address: SavedAddress) {
    const { address_id = '', label, line = '', latitude = 0, longitude = 0 } = address
    const name = label || line
    return html`<li>
      <t-map .markers=${[{ kind: 'home', latitude, longitude, label: name }]}></t-map>
      <div class="words"><h3>${name}</h3>${label ? html`<p class="quiet">${line}</p>` : nothing}</div>
      <div class="row">
        <t-button size="s" label="Change ${name}" @click=${() => (this.editing = address)}><t-icon slot="start" name="pencil"></t-icon>Change</t-button>
        <t-button size="s" variant="quiet" label="Remove ${name}" ?loading=${this.busy === address_id} @click=${() => (this.removing = address)}><t-icon slot="start" name="trash-2"></t-icon>Remove</t-button>
      </div></li>`
  }

  async #remove() {
    const { address_id } = this.removing ?? {}
    this.removing = undefined
    if (!address_id || this.busy) return
    this.busy = address_id
    try {
      await api.delete('/api/customer/v1/customers/{customer_id}/addresses/{address_id}', { params: { path: { customer_id: this.customer.customer_id ?? '', address_id } } })
      toast('The address is removed.')
    } catch (error) {
      const problem = asProblem(error)
      // Somebody was faster in another tab: it is gone, as it should be.
      if (problem.code !== 'ADDRESS_NOT_FOUND') toast(problem.message, { tone: 'danger' })
    }
    this.busy = ''
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-addresses': CustomerAddresses }
}
