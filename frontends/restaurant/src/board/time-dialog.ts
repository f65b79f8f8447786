import { base, formatTime, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Ticket } from '../shared/api.ts'
import { shortCode } from '../shared/words.ts'
import { commands } from './commands.ts'
import { delayed, delays, longest, seconds, shortest, usual } from './times.ts'

/** Asks how long it takes, to accept a ticket, or how much longer, to delay one. Fires `t-close`. */
@customElement('restaurant-time')
export class RestaurantTime extends LitElement {
  /** Open while there is one. */
  @property({ attribute: false }) ticket: Ticket | undefined
  @property() ask: 'accept' | 'delay' = 'accept'
  @property({ attribute: false }) now = 0
  @state() private minutes = 0

  static override styles = [base, layout, css`
    .choice { display: flex; align-items: center; justify-content: center; gap: var(--t-space-4); padding-block: var(--t-space-4); }
    .said { text-align: center; font-size: var(--t-text-l); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('ticket') && this.ticket) this.minutes = this.ask === 'accept' ? usual(this.ticket.preparation_minutes) : 10
  }

  override render() {
    const { ticket, ask } = this
    const inSeconds = this.#seconds()
    const heading = ask === 'accept' ? `Accept ${shortCode(ticket?.ticket_id)}` : `Delay ${shortCode(ticket?.ticket_id)}`
    return html`<t-sheet heading=${ticket ? heading : ''} ?open=${ticket !== undefined} @t-close=${this.#closed}>
      ${ticket ? html`<div class="stack">
        ${ask === 'delay' ? html`<p>Everybody who waits for it sees the new time.</p>` : nothing}
        <t-chips wrap label=${ask === 'accept' ? 'Ready in' : 'Later by'}>${(ask === 'accept' ? [10, 15, 20, 25, 30, 40, 50, 60, 90] : delays).map((time) => html`<t-chip ?selected=${this.minutes === time} @click=${() => (this.minutes = time)}>${ask === 'delay' ? '+' : ''}${time} min</t-chip>`)}</t-chips>
        <div class="choice"><t-stepper label="minutes" .value=${this.minutes} .min=${shortest} .max=${longest} @t-change=${(event: CustomEvent<{ value: number }>) => (this.minutes = event.detail.value)}></t-stepper><span>${ask === 'accept' ? 'minutes' : 'minutes later'}</span></div>
        <p class="said" role="status">Ready at <strong>${formatTime(this.now + inSeconds * 1000)}</strong></p>
      </div>` : nothing}
      <t-button slot="footer" variant="primary" size="l" full @click=${this.#send}>${ask === 'accept' ? 'Accept' : 'Say that it takes longer'}</t-button>
    </t-sheet>`
  }

  #seconds(): number {
    return this.ask === 'accept' ? this.minutes * 60 : delayed(this.ticket?.ready_at, this.minutes, this.now)
  }

  #send() {
    const { ticket } = this
    if (ticket) void commands.run(this.ask, ticket, { ready_in: seconds(this.#seconds()) })
    this.#closed()
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}
