import { base, formatMoney, formatTime, layout, Listen } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Ticket, TicketLine } from '../shared/api.ts'
import { markSoldOut } from '../shared/sold-out.ts'
import { at, shortCode } from '../shared/words.ts'
import { commands, type Body, type Command } from './commands.ts'
import { styles } from './ticket.styles.ts'
import { otherTimes, seconds, usual } from './times.ts'
import { age, timing } from './timing.ts'

/** What needs more than a press: the page opens its dialog for it. */
export type Question = { ask: 'accept' | 'delay' | 'reject'; ticket: Ticket }

const freshFor = 5000

/** One ticket: what to cook, how long there is, and what can be done next. Fires `ticket-ask` with a Question as detail. */
@customElement('restaurant-ticket')
export class RestaurantTicket extends LitElement {
  @property({ attribute: false }) ticket: Ticket = {}
  /** Ids of the items that nobody can order now. */
  @property({ attribute: false }) soldOut: readonly string[] = []
  @property({ attribute: false }) now = 0

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, commands, 'change')
  }

  override render() {
    const { ticket, now } = this
    const { text, tone, left } = timing(ticket, now)
    const problem = commands.problem(ticket)
    const fresh = ticket.status === 'OPENED' && now - at(ticket.opened_at) < freshFor
    return html`<article class="${tone} ${fresh ? 'fresh' : ''}" aria-labelledby="code">
      <header><h3 id="code"><span class="visually-hidden">Ticket </span>${shortCode(ticket.ticket_id)}</h3><t-badge class="number" icon="clock" tone=${tone}>${text}</t-badge></header>
      ${left === undefined ? nothing : html`<progress max="1" .value=${left} aria-label="Time left to answer"></progress>`}
      <ul>${(ticket.lines ?? []).map((line) => this.#line(line))}</ul>
      <p class="quiet small times"><span>Came in ${age(ticket, now)}</span><span>${ticket.ready_at ? `due ${formatTime(ticket.ready_at)}` : formatMoney(ticket.subtotal ?? undefined)}</span></p>
      ${problem ? html`<p class="wrong" role="alert">${problem.message}</p>` : nothing}
      <div class="actions">${this.#actions(ticket)}</div>
    </article>`
  }

  #line(line: TicketLine) {
    const [item_id, name] = [line.item_id ?? '', line.name ?? '']
    return html`<li>
      <span class="quantity ${(line.quantity ?? 0) > 1 ? 'many' : ''}">${line.quantity} ×</span>
      <div><span class="dish">${name}</span>
        ${line.options?.length ? html`<p class="quiet small">${line.options.join(', ')}</p>` : nothing}
        ${line.note ? html`<p class="note small">${line.note}</p>` : nothing}</div>
      ${this.soldOut.includes(item_id)
        ? html`<t-badge tone="danger">Sold out</t-badge>`
        : html`<t-button round size="s" variant="quiet" label="Mark ${name} sold out" title="Mark it sold out" @click=${() => void markSoldOut(this.ticket.restaurant_id ?? '', { item_id, name }, true)}><t-icon name="ban"></t-icon></t-button>`}
    </li>`
  }

  #actions(ticket: Ticket) {
    const ask = (what: Question['ask'], words: string) => html`<t-button size="s" ?disabled=${commands.busy(ticket) !== undefined} @click=${() => this.#ask(what)}>${words}</t-button>`
    switch (ticket.status) {
      case 'OPENED':
        return html`${this.#step('accept', `Accept · ${usual(ticket.preparation_minutes)} min`, this.#in(usual(ticket.preparation_minutes)))}
          <div class="side" role="group" aria-label="Accept with another time">
            ${otherTimes(ticket.preparation_minutes).map((time) => html`<t-button size="s" label="Accept, ready in ${time} minutes" ?disabled=${commands.busy(ticket) !== undefined} @click=${() => commands.run('accept', ticket, this.#in(time))}>${time}</t-button>`)}
            ${ask('accept', 'Other…')}
          </div>
          <div class="side">${ask('reject', 'Reject…')}</div>`
      case 'ACCEPTED':
        return html`${this.#step('start', 'Start cooking', {})}<div class="side">${ask('delay', 'Delay…')}${ask('reject', 'Reject…')}</div>`
      case 'STARTED':
        return html`${this.#step('ready', 'It’s ready', {})}<div class="side">${ask('delay', 'Delay…')}</div>`
      case 'READY':
        return this.#step('handOver', 'Handed over', {})
      default:
        return nothing
    }
  }

  #step<C extends Command>(command: C, words: string, body: Body<C>) {
    const busy = commands.busy(this.ticket)
    return html`<t-button full variant="primary" ?loading=${busy === command} ?disabled=${busy !== undefined && busy !== command} @click=${() => commands.run(command, this.ticket, body)}>${words}</t-button>`
  }

  #in(minutes: number) {
    return { ready_in: seconds(minutes * 60) }
  }

  #ask(ask: Question['ask']) {
    this.dispatchEvent(new CustomEvent<Question>('ticket-ask', { detail: { ask, ticket: this.ticket }, bubbles: true, composed: true }))
  }
}
