import { asProblem, base, layout, needForms, type Problem } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api } from '../shared/api.ts'
import { fieldStyles, focusWrong, textField } from '../shared/field.ts'

const word = 'erase'

/** The way to be forgotten: says what goes, what stays and what it costs, and goes on only once a word is typed. */
@customElement('customer-erase')
export class CustomerErase extends LitElement {
  @property() customerId = ''
  @state() private asking = false
  @state() private typed = ''
  @state() private tried = false
  @state() private busy = false
  @state() private problem: Problem | undefined

  static override styles = [base, layout, fieldStyles, css`
    dl { display: grid; gap: var(--t-space-3); }
    dt { font-weight: var(--t-bold); }
    dd { color: var(--t-ink-2); }
    .last { padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-chilli-soft); }
  `]

  override connectedCallback() {
    super.connectedCallback()
    needForms()
  }

  override render() {
    const wrong = this.tried && !this.#sure() ? `Please type the word ${word}.` : undefined
    return html`<t-card><h2>Be forgotten</h2>
        <p class="quiet">Erases everything here that says who you are. For good.</p>
        <div><t-button @click=${() => this.#ask()}><t-icon slot="start" name="trash-2"></t-icon>Erase my data</t-button></div></t-card>
      <t-sheet heading="Erase all that is yours?" ?open=${this.asking} @t-close=${() => (this.asking = false)}>
        <div class="stack">
          <dl>
            <div><dt>What goes</dt><dd>Your name, your phone, your addresses, and the notes and addresses of your orders. Also the place, the basket and the card that this browser remembers.</dd></div>
            <div><dt>What stays</dt><dd>Your orders: what was ordered, when, and for how much. Nothing in them says whose they were.</dd></div>
            <div><dt>Open orders first</dt><dd>They are cancelled, at what cancelling them costs at that moment. One that can’t be cancelled any more is waited for, a day at most. You can’t order meanwhile.</dd></div>
            <div><dt>What isn’t ours to erase</dt><dd>The card processor keeps its own records of your payments: ask there about those. And a cook or a courier may remember what they have read.</dd></div>
          </dl>
          <p class="last"><strong>This can’t be undone.</strong> The key to your data is destroyed, and nobody can bring it back: we can’t, either.</p>
          <form @submit=${(event: Event) => { event.preventDefault(); void this.#erase() }} @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter') void this.#erase() }}>
            ${textField({ label: `Type “${word}” to go on`, value: this.typed, set: (value) => (this.typed = value), wrong, maxlength: 20 })}
          </form>
          ${this.problem ? html`<t-problem inline level="3" .problem=${this.problem}></t-problem>` : nothing}
        </div>
        <div slot="footer" class="row spread"><t-button @click=${() => (this.asking = false)}>Keep everything</t-button><t-button variant="danger" ?loading=${this.busy} @click=${() => this.#erase()}>Erase for good</t-button></div>
      </t-sheet>`
  }

  #sure = () => this.typed.trim().toLowerCase() === word

  #ask() {
    this.asking = true
    this.typed = ''
    this.tried = false
    this.problem = undefined
  }

  async #erase() {
    if (this.busy) return
    this.tried = true
    if (!this.#sure()) return focusWrong(this)
    this.busy = true
    this.problem = undefined
    try {
      await api.post('/api/customer/v1/customers/{customer_id}:erase', { params: { path: { customer_id: this.customerId } }, body: {} })
      this.asking = false
      this.dispatchEvent(new CustomEvent('leaving'))
    } catch (error) {
      this.problem = asProblem(error)
    }
    this.busy = false
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-erase': CustomerErase }
}
