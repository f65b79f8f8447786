import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { other, type Choice } from './reasons.ts'

/** Asks for a reason, one tap for each of the usual ones. Fires `reason` with {reason_code, reason}, and `t-close`. */
@customElement('courier-reason')
export class CourierReason extends LitElement {
  @property() heading = ''
  @property() hint = ''
  @property() label = ''
  @property({ attribute: false }) reasons: Choice[] = []
  @property({ type: Boolean }) open = false
  @state() private code = ''
  @state() private text = ''
  @state() private wrong = ''

  static override styles = [base, layout, css`
    fieldset { display: grid; gap: var(--t-space-2); margin: 0; padding: 0; border: 0; min-width: 0; }
    legend { padding: 0 0 var(--t-space-3); color: var(--t-ink-2); }
    label.choice { display: flex; align-items: center; gap: var(--t-space-3); min-height: 3.5rem; padding: var(--t-space-2) var(--t-space-4); border-radius: var(--t-radius-m); box-shadow: inset 0 0 0 1.5px var(--t-line-strong); font-weight: var(--t-medium); cursor: pointer; }
    label.choice:has(:checked) { background: var(--t-brand-soft); color: var(--t-on-brand-soft); box-shadow: inset 0 0 0 2.5px var(--t-brand-deep); }
    label.choice:has(:focus-visible) { outline: 3px solid var(--t-focus); outline-offset: 2px; }
    input[type='radio'] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--t-brand-deep); outline: none; flex: none; }
    .words { display: grid; gap: var(--t-space-1); margin-top: var(--t-space-2); font-weight: var(--t-medium); }
    .words input { font: inherit; color: inherit; min-height: 3.25rem; padding: 0 var(--t-space-4); border: 1.5px solid var(--t-line-strong); border-radius: var(--t-radius-m); background: var(--t-surface); }
    .wrong { color: var(--t-chilli); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('open') && this.open) this.code = this.text = this.wrong = ''
  }

  // Plain inputs, not the kit's form controls: those are fetched when they are needed, and here there may be no line.
  override render() {
    return html`<t-sheet heading=${this.heading} ?open=${this.open} @t-close=${this.#closed}>
      <fieldset><legend>${this.hint}</legend>
        ${this.reasons.map(({ code, label }) => html`<label class="choice"><input type="radio" name="reason" value=${code} .checked=${this.code === code} @change=${() => this.#choose(code)} />${label}</label>`)}
        ${this.code === other ? html`<label class="words">In your own words<input maxlength="200" .value=${this.text} @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)} /></label>` : nothing}
      </fieldset>
      <p class="wrong" role="alert">${this.wrong}</p>
      <t-button slot="footer" size="l" full variant="danger" @click=${this.#give}>${this.label}</t-button>
    </t-sheet>`
  }

  #choose(code: string) {
    this.code = code
    this.wrong = ''
  }

  #give() {
    const chosen = this.reasons.find(({ code }) => code === this.code)
    const reason = this.code === other ? this.text.trim() : (chosen?.label ?? '')
    if (!chosen) this.wrong = 'Please choose a reason.'
    else if (!reason) this.wrong = 'Please say in a few words what happened.'
    else this.dispatchEvent(new CustomEvent('reason', { detail: { reason_code: chosen.code, reason } }))
  }

  #closed(event: Event) {
    event.stopPropagation()
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
