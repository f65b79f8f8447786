import { base, layout, Listen, Problem, setPage } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import '../head/head.ts'
import type { TicketStatus } from '../shared/api.ts'
import { ticking } from '../shared/clock.ts'
import { Awake, narrow } from '../shared/screen.ts'
import { cancelled, columns, type Column } from './columns.ts'
import { commands } from './commands.ts'
import './reject-dialog.ts'
import './stopped.ts'
import { store } from './store.ts'
import { styles } from './styles.ts'
import './tabs.ts'
import './ticket.ts'
import type { Question } from './ticket.ts'
import './time-dialog.ts'

/** The stream tries again for ever and reports no problem; until its first document there is nothing to be stale. */
const unreachable = new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. We keep trying, and show your tickets as soon as we can.' })

/** The live board: every ticket in the column of its state, one column at a time where there is no room for more. */
@customElement('restaurant-board')
export class RestaurantBoard extends LitElement {
  @state() private question: Question | undefined
  @state() private tab: TicketStatus = 'OPENED'

  readonly #awake = new Awake()

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, store, 'change', () => this.#shown())
    new Listen(this, narrow, 'change')
    ticking(this)
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Tickets')
    this.#awake.start()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#awake.stop()
  }

  #shown() {
    const { board } = store
    commands.shown(board)
    // A question about a ticket that has moved on has lost its sense.
    const asked = this.question?.ticket
    if (asked && !board?.tickets?.some((ticket) => ticket.ticket_id === asked.ticket_id && ticket.status === asked.status)) this.question = undefined
  }

  override render() {
    const { board, stale, since, problem } = store
    const now = Date.now()
    const { ask, ticket } = this.question ?? {}
    return html`<div class="page">
      <restaurant-head heading="Tickets"></restaurant-head>
      ${stale && board ? html`<t-stale .since=${since}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${board !== undefined} .problem=${problem} @t-retry=${() => store.again()}></t-problem>` : nothing}
      ${board
        ? html`<restaurant-stopped .tickets=${cancelled(board, now)} .now=${now}></restaurant-stopped>${narrow.matches ? this.#one(columns(board), now) : this.#all(columns(board), now)}`
        : problem ? nothing : stale ? html`<t-problem .problem=${unreachable}></t-problem>` : this.#skeleton()}
      <restaurant-time ask=${ask === 'delay' ? 'delay' : 'accept'} .ticket=${ask === 'reject' ? undefined : ticket} .now=${now} @t-close=${this.#answered}></restaurant-time>
      <restaurant-reject .ticket=${ask === 'reject' ? ticket : undefined} @t-close=${this.#answered}></restaurant-reject>
    </div>`
  }

  #all(all: Column[], now: number) {
    return html`<div class="columns">${all.map((column) => html`<section aria-labelledby=${column.status}>
      <h2 id=${column.status}>${column.title} <span class="count ${column.status === 'OPENED' && column.tickets.length ? 'calls' : ''}">${column.tickets.length}</span></h2>
      ${this.#tickets(column, now)}</section>`)}</div>`
  }

  #one(all: Column[], now: number) {
    const tabs = all.map(({ status, title, tickets }) => ({ id: status, label: title, count: tickets.length, calls: status === 'OPENED' && tickets.length > 0 }))
    const column = all.find(({ status }) => status === this.tab)
    return html`<restaurant-tabs .tabs=${tabs} chosen=${this.tab} @tab-chosen=${(event: CustomEvent<{ id: TicketStatus }>) => (this.tab = event.detail.id)}></restaurant-tabs>
      ${column ? html`<section class="one" role="tabpanel" aria-label=${column.title}><h2 class="visually-hidden">${column.title}</h2>${this.#tickets(column, now)}</section>` : nothing}`
  }

  #tickets({ tickets, empty }: Column, now: number) {
    if (!tickets.length) return html`<p class="empty quiet small">${empty}</p>`
    return html`<div class="tickets" @ticket-ask=${(event: CustomEvent<Question>) => (this.question = event.detail)}>${repeat(tickets, (ticket) => ticket.ticket_id, (ticket) => html`<restaurant-ticket .ticket=${ticket} .now=${now} .soldOut=${store.board?.sold_out_item_ids ?? []}></restaurant-ticket>`)}</div>`
  }

  #answered() {
    this.question = undefined
  }

  #skeleton() {
    return html`<div class="columns" aria-busy="true">${[1, 2, 3, 4].map(() => html`<div class="stack"><t-skeleton shape="title"></t-skeleton><t-skeleton class="block" shape="block"></t-skeleton></div>`)}</div>`
  }
}
