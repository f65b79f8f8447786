import { asProblem, base, layout, needForms, type Problem, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api, type Customer } from '../shared/api.ts'
import { fieldStyles, focusWrong, saidOf, textField } from '../shared/field.ts'

/** Name and phone. What is typed stays while the customer changes elsewhere; what is not, follows. */
@customElement('customer-profile')
export class CustomerProfile extends LitElement {
  @property({ attribute: false }) customer: Customer = {}
  @state() private name: string | undefined
  @state() private phone: string | undefined
  @state() private busy = false
  @state() private tried = false
  @state() private problem: Problem | undefined

  static override styles = [base, layout, fieldStyles, css`
    form { display: grid; gap: var(--t-space-4); margin-top: var(--t-space-2); }
    form > div { justify-self: start; }
  `]

  override connectedCallback() {
    super.connectedCallback()
    needForms()
  }

  #now() {
    return { name: this.name ?? this.customer.name ?? '', phone: this.phone ?? this.customer.phone ?? '' }
  }

  #changed() {
    const { name, phone } = this.#now()
    return name.trim() !== (this.customer.name ?? '') || phone.trim() !== (this.customer.phone ?? '')
  }

  override render() {
    const { problem } = this
    const { name, phone } = this.#now()
    const missing = this.tried && !name.trim() ? 'Please say what we call you.' : undefined
    const [saidName, saidPhone] = [saidOf(problem, 'name'), saidOf(problem, 'phone')]
    return html`<t-card><h2>What we call you</h2>
      <form @submit=${(event: Event) => { event.preventDefault(); void this.#save() }} @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter' && (event.target as Element).localName === 'wa-input') void this.#save() }}>
        ${textField({ label: 'Name', value: name, set: (value) => (this.name = value), wrong: missing ?? saidName, maxlength: 120, autocomplete: 'name', required: true })}
        ${textField({ label: 'Phone', value: phone, set: (value) => (this.phone = value), wrong: saidPhone, hint: 'May be left empty.', maxlength: 40, autocomplete: 'tel', inputmode: 'tel' })}
        ${problem && !saidName && !saidPhone ? html`<t-problem inline level="3" .problem=${problem}></t-problem>` : nothing}
        <div><t-button variant="primary" ?loading=${this.busy} ?disabled=${!this.#changed()} @click=${() => this.#save()}>Save</t-button></div>
      </form></t-card>`
  }

  async #save() {
    if (this.busy || !this.#changed()) return
    const { name, phone } = this.#now()
    this.tried = true
    this.problem = undefined
    if (!name.trim()) return focusWrong(this)
    this.busy = true
    try {
      const body = { name: name.trim(), phone: phone.trim() }
      await api.put('/api/customer/v1/customers/{customer_id}', { params: { path: { customer_id: this.customer.customer_id ?? '' } }, body })
      this.customer = { ...this.customer, ...body } // until the stream says the same
      this.name = this.phone = undefined
      this.tried = false
      toast('Saved.', { tone: 'positive' })
    } catch (error) {
      this.problem = asProblem(error)
      void focusWrong(this)
    }
    this.busy = false
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-profile': CustomerProfile }
}
