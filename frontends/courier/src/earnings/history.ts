import { asProblem, base, formatDay, formatTime, layout, Load, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { api, type DeliverySummary } from '../shared/api.ts'
import { farAway, stateWords } from '../shared/words.ts'

interface History {
  deliveries: DeliverySummary[]
  next: string
}

/** What the courier has taken on, newest first. */
@customElement('courier-history')
export class CourierHistory extends LitElement {
  @property() courierId = ''
  @state() private more = false
  readonly #history = new Load<History>(this)
  #visit = 0

  static override styles = [base, layout, css`
    h2 { margin-bottom: var(--t-space-3); }
    ul { display: grid; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--t-space-1) var(--t-space-3); padding-block: var(--t-space-3); border-top: 1px solid var(--t-line); }
    li strong { overflow-wrap: anywhere; }
    li > :nth-child(even) { justify-self: end; }
    .reason { grid-column: 1 / -1; }
    .more { justify-content: center; margin-top: var(--t-space-4); }
  `]

  override willUpdate(changed: PropertyValues) {
    if (changed.has('courierId')) this.#load()
  }

  #load() {
    this.#visit++
    void this.#history.run(async (signal) => {
      const { data, stale } = await this.#ask('', signal)
      return { data: { deliveries: data.deliveries ?? [], next: data.next_page_token ?? '' }, stale }
    })
  }

  #ask(page_token: string, signal?: AbortSignal) {
    return api.get('/api/courier/v1/couriers/{courier_id}/deliveries', {
      params: { path: { courier_id: this.courierId }, query: page_token ? { page_token } : {} }, ...(signal ? { signal } : {}),
    })
  }

  async #next() {
    const shown = this.#history.data
    if (!shown?.next || this.more) return
    const visit = this.#visit
    this.more = true
    try {
      const { data, stale } = await this.#ask(shown.next)
      if (visit === this.#visit) this.#history.show({ deliveries: [...shown.deliveries, ...(data.deliveries ?? [])], next: data.next_page_token ?? '' }, stale)
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.more = false
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#history
    return html`<section aria-label="Your deliveries"><h2>Your deliveries</h2>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry inline level="3" .problem=${problem} @t-retry=${() => this.#load()}></t-problem>` : nothing}
      ${data ? this.#list(data) : loading ? html`<div class="stack" aria-busy="true">${[1, 2, 3].map(() => html`<t-skeleton lines="2"></t-skeleton>`)}</div>` : nothing}</section>`
  }

  #list({ deliveries, next }: History) {
    if (!deliveries.length) return html`<p class="quiet">What you take on shows up here.</p>`
    return html`<ul>${repeat(deliveries, (delivery) => `${delivery.delivery_id} ${delivery.accepted_at}`, delivered)}</ul>
      ${next ? html`<div class="row more"><t-button ?loading=${this.more} @click=${() => this.#next()}>Show more</t-button></div>` : nothing}`
  }
}

function delivered(delivery: DeliverySummary) {
  const { label, tone, icon } = stateWords(delivery.state)
  const at = delivery.finished_at ?? delivery.accepted_at
  const distance = farAway(delivery.distance_meters)
  return html`<li><strong>${delivery.restaurant_name || 'A delivery'}</strong>
    <span>${delivery.earned ? html`<t-money .amount=${delivery.earned}></t-money>` : html`<span class="quiet" aria-label="Nothing earned">–</span>`}</span>
    <span class="quiet small">${formatDay(at)}, ${formatTime(at)}${distance ? ` · ${distance}` : ''}</span>
    <t-badge tone=${tone} icon=${icon}>${label}</t-badge>
    ${delivery.reason ? html`<span class="reason quiet small">“${delivery.reason}”</span>` : nothing}</li>`
}
