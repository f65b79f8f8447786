import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Ticket } from '../shared/api.ts'
import { markSoldOut } from '../shared/sold-out.ts'
import { shortCode } from '../shared/words.ts'
import { commands } from './commands.ts'
import { itemsOf, missing, reasons, soldOut, wordsFor } from './rejection.ts'

/** Asks why a ticket is not cooked, and sends that. Fires `t-close`. */
@customElement('restaurant-reject')
export class RestaurantReject extends LitElement {
  /** Open while there is one. */
  @property({ attribute: false }) ticket: Ticket | undefined
  @state() private code = ''
  @state() private items: string[] = []
  /** What somebody wrote; until then the words follow the reason. */
  @state() private written: string | undefined
  @state() private offMenu = true
  @state() private wrong = ''

  static override styles = [base, layout, css`
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
    legend { padding: 0; font-weight: var(--t-bold); }
    label { display: flex; align-items: center; gap: var(--t-space-3); min-height: 2.75rem; border-bottom: 1px solid var(--t-line); cursor: pointer; }
    input { width: 1.25rem; height: 1.25rem; accent-color: var(--t-brand-deep); flex: none; }
    .wrong { color: var(--t-chilli); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('ticket') || !this.ticket) return
    this.code = this.wrong = ''
    this.items = []
    this.written = undefined
    this.offMenu = true
  }

  override render() {
    const { ticket } = this
    return html`<t-sheet heading=${ticket ? `Reject ${shortCode(ticket.ticket_id)}?` : ''} ?open=${ticket !== undefined} @t-close=${this.#closed}>
      ${ticket ? html`<div class="stack">
        <p>The customer is told, and pays nothing.</p>
        <fieldset><legend>Why?</legend>${reasons.map(({ code, label }) => html`<label><input type="radio" name="why" .checked=${this.code === code} @change=${() => this.#choose(code)}>${label}</label>`)}</fieldset>
        ${this.code === soldOut ? html`<fieldset><legend>What is sold out?</legend>
          ${itemsOf(ticket).map(({ item_id, name }) => html`<label><input type="checkbox" .checked=${this.items.includes(item_id)} @change=${() => this.#toggle(item_id)}>${name}</label>`)}
          <label><input type="checkbox" .checked=${this.offMenu} @change=${() => (this.offMenu = !this.offMenu)}>Mark it sold out on the menu, too</label></fieldset>` : nothing}
        ${this.code ? html`<wa-textarea label="What the customer is told" rows="2" maxlength="300" .value=${this.#words()} @input=${(event: Event) => (this.written = (event.target as HTMLTextAreaElement).value ?? '')}></wa-textarea>` : nothing}
        <p class="wrong" role="alert">${this.wrong}</p>
      </div>` : nothing}
      <div slot="footer" class="row spread"><t-button @click=${this.#closed}>Keep it</t-button><t-button variant="danger" @click=${this.#send}>Reject it</t-button></div>
    </t-sheet>`
  }

  #names(): string[] {
    return itemsOf(this.ticket ?? {}).filter(({ item_id }) => this.items.includes(item_id)).map(({ name }) => name)
  }

  #words(): string {
    return this.written ?? wordsFor(this.code, this.#names())
  }

  #choose(code: string) {
    this.code = code
    this.wrong = ''
    const [only, ...more] = itemsOf(this.ticket ?? {})
    if (code === soldOut && only && !more.length) this.items = [only.item_id]
  }

  #toggle(item_id: string) {
    this.items = this.items.includes(item_id) ? this.items.filter((other) => other !== item_id) : [...this.items, item_id]
    this.wrong = ''
  }

  async #send() {
    const { ticket, code, items, offMenu } = this
    this.wrong = missing(code, items, this.#words())
    if (this.wrong || !ticket) return
    const sold = code === soldOut ? itemsOf(ticket).filter(({ item_id }) => items.includes(item_id)) : []
    const rejected = commands.run('reject', ticket, { reason_code: code, reason: this.#words().trim(), sold_out_item_ids: sold.map(({ item_id }) => item_id) })
    this.#closed()
    if (!(await rejected) || !offMenu) return
    for (const item of sold) await markSoldOut(ticket.restaurant_id ?? '', item, true)
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
