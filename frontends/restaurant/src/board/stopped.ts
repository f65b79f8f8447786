import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Ticket } from '../shared/api.ts'
import { shortCode } from '../shared/words.ts'
import { dishes } from './alerts.ts'
import { timing } from './timing.ts'

/** Tickets that were cancelled, until somebody says that they have seen it: nobody is to cook on. */
@customElement('restaurant-stopped')
export class RestaurantStopped extends LitElement {
  @property({ attribute: false }) tickets: Ticket[] = []
  @property({ attribute: false }) now = 0
  @state() private seen: readonly string[] = []

  static override styles = [base, layout, css`
    :host { display: block; }
    ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: var(--t-space-3); margin-bottom: var(--t-space-4); }
    li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--t-space-3); align-items: center; padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-chilli-soft); border-left: 6px solid var(--t-chilli); }
    t-icon { font-size: 1.75rem; color: var(--t-chilli); }
    h2 { font-size: var(--t-text-m); color: var(--t-chilli); letter-spacing: 0; }
    .off { text-decoration: line-through; }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    // What has left the board need not be remembered.
    if (changed.has('tickets')) this.seen = this.seen.filter((id) => this.tickets.some((ticket) => ticket.ticket_id === id))
  }

  override render() {
    const shown = this.tickets.filter((ticket) => !this.seen.includes(ticket.ticket_id ?? ''))
    if (!shown.length) return nothing
    return html`<ul aria-label="Cancelled tickets">${repeat(shown, (ticket) => ticket.ticket_id, (ticket) => this.#stop(ticket))}</ul>`
  }

  #stop(ticket: Ticket) {
    const code = shortCode(ticket.ticket_id)
    return html`<li>
      <t-icon name="ban"></t-icon>
      <div><h2>${ticket.started ? `Stop cooking ${code}` : `Don’t cook ${code}`}</h2>
        <p class="off small">${dishes(ticket)}</p>
        <p class="small">${timing(ticket, this.now).text}${ticket.reason ? `: ${ticket.reason}` : ''}</p></div>
      <t-button size="s" label="Seen, take ${code} away" @click=${() => (this.seen = [...this.seen, ticket.ticket_id ?? ''])}>Seen</t-button>
    </li>`
  }
}
