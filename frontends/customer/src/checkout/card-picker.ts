import { asProblem, base, layout, Listen, setting, type Problem } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { card, cardLabel, digits, looksLikeCard, tokenFor, type Processor, type TestCard } from './card.ts'

/** What pays: the card that is kept for the customer, or another that is given to the card processor here. */
@customElement('customer-card')
export class CustomerCard extends LitElement {
  @state() private asking = false
  @state() private number = ''
  @state() private busy = false
  @state() private problem: Problem | undefined
  @state() private tried = false
  readonly #processor = setting<Processor>('card_processor')

  static override styles = [base, layout, css`
    .card { display: flex; align-items: center; gap: var(--t-space-2); min-width: 0; }
    form { display: grid; gap: var(--t-space-4); }
    .wrong { color: var(--t-chilli); }
    ul { display: grid; gap: var(--t-space-2); }
    li button {
      display: flex; justify-content: space-between; gap: var(--t-space-3); width: 100%; min-height: 2.75rem; padding: var(--t-space-2) var(--t-space-3); align-items: center; text-align: start; cursor: pointer;
      border: 0; border-radius: var(--t-radius-m); background: var(--t-sunken); color: var(--t-ink); font: inherit;
    }
    li button:hover { background: var(--t-line); }
    li .number { color: var(--t-ink-2); font-size: var(--t-text-s); font-variant-numeric: tabular-nums; white-space: nowrap; }
  `]

  constructor() {
    super()
    new Listen(this, card, 'change')
  }

  override render() {
    return html`<t-card><h2>Pay with</h2>
        <div class="row spread"><span class="card"><t-icon name="credit-card"></t-icon><span>${card.value?.label ?? 'Your test card'}</span></span>
          ${this.#processor ? html`<t-button size="s" label="Change the card" @click=${() => this.#ask()}>Change</t-button>` : nothing}</div>
        <p class="quiet small">No real money moves.</p>
      </t-card>
      ${this.#processor ? this.#sheet(this.#processor) : nothing}`
  }

  #sheet(processor: Processor) {
    const tests = processor.test_cards ?? []
    return html`<t-sheet heading="Another card" ?open=${this.asking} @t-close=${() => (this.asking = false)}>
      <form @submit=${(event: Event) => { event.preventDefault(); void this.#give(processor) }}>
        <p>The number goes from here straight to the card processor. Tiffin never sees it.${tests.length ? ' Only test cards are taken: never type a real one.' : ''}</p>
        <wa-input label="Card number" inputmode="numeric" maxlength="23" autocomplete=${tests.length ? 'off' : 'cc-number'} .value=${this.number} @input=${(event: Event) => (this.number = (event.target as HTMLInputElement).value ?? '')} @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter') void this.#give(processor) }}></wa-input>
        ${this.tried && !looksLikeCard(this.number) ? html`<p class="wrong small" role="alert">Please type the 12 to 19 digits of the card.</p>` : this.problem ? html`<p class="wrong small" role="alert">${this.problem.message}</p>` : nothing}
        ${tests.length ? html`<div class="stack"><h3>Test cards</h3><ul>${tests.map((test) => html`<li><button type="button" ?disabled=${this.busy} @click=${() => this.#give(processor, test)}><span>${test.says}</span><span class="number">${test.number}</span></button></li>`)}</ul></div>` : nothing}
      </form>
      <div slot="footer" class="row spread">
        ${card.value ? html`<t-button @click=${() => this.#use(undefined)}>Use your test card</t-button>` : html`<t-button @click=${() => (this.asking = false)}>Keep it</t-button>`}
        <t-button variant="primary" ?loading=${this.busy} @click=${() => this.#give(processor)}>Use this card</t-button>
      </div>
    </t-sheet>`
  }

  #ask() {
    this.asking = true
    this.tried = false
    this.number = ''
    this.problem = undefined
  }

  async #give(processor: Processor, test?: TestCard) {
    if (this.busy) return
    const number = test?.number ?? this.number
    this.problem = undefined
    this.tried = !test
    if (!looksLikeCard(number)) return
    this.busy = true
    try {
      const token = await tokenFor(processor, digits(number))
      const known = test ?? processor.test_cards?.find((one) => digits(one.number) === digits(number))
      this.#use({ token, label: cardLabel(number, known) })
    } catch (error) {
      this.problem = asProblem(error)
    }
    this.busy = false
  }

  #use(chosen: typeof card.value) {
    card.set(chosen)
    this.asking = false
    this.number = ''
  }
}

declare global {
  interface HTMLElementTagNameMap { 'customer-card': CustomerCard }
}
