import { base, isZero, layout, Listen, Load, setPage } from '@tiffin/kit'
import { commandTaken, outbox } from '@tiffin/kit/outbox'
import { css, html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import '../sent/pending.ts'
import { api, timeZone, type Earnings } from '../shared/api.ts'
import './history.ts'
import { barsOf, deliveries, scaleOf, today, weeksLater, weekWords } from './week.ts'

/** What a week has earned, day by day, and every delivery behind it. */
@customElement('courier-earnings')
export class CourierEarnings extends LitElement {
  @property() courierId = ''
  /** How many weeks ago. */
  @state() private ago = 0
  readonly #earnings = new Load<Earnings>(this)

  static override styles = [base, layout, css`
    .page { display: grid; gap: var(--t-space-5); max-width: calc(46rem + 2 * var(--t-gutter)); }
    .page > t-stale { margin: 0; }
    .week { display: grid; grid-template-columns: var(--t-target) 1fr var(--t-target); margin-bottom: var(--t-space-3); align-items: center; text-align: center; }
    .sum { display: flex; align-items: baseline; flex-wrap: wrap; gap: var(--t-space-1) var(--t-space-3); margin-bottom: var(--t-space-4); }
    .sum t-money { font-size: var(--t-text-3xl); font-weight: var(--t-black); line-height: 1; letter-spacing: -0.02em; }
    .block { height: 16rem; border-radius: var(--t-radius-l); }
  `]

  constructor() {
    super()
    // A delivery that was handed over while this is shown.
    new Listen(this, outbox, commandTaken, () => this.#load())
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Earnings')
  }

  override willUpdate(changed: PropertyValues) {
    if (changed.has('courierId') || changed.has('ago')) this.#load(true)
  }

  #load(forget = false) {
    const { courierId, ago } = this
    if (!courierId) return
    void this.#earnings.run((signal) => api.get('/api/courier/v1/couriers/{courier_id}/earnings', {
      params: { path: { courier_id: courierId }, query: { time_zone: timeZone(), date: weeksLater(today(), -ago) } }, signal,
    }), { forget })
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#earnings
    return html`<div class="page"><h1>Earnings</h1>
      <courier-pending></courier-pending>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      <t-card><section aria-label="One week">
        <div class="week"><t-button round variant="quiet" label="The week before" @click=${() => this.ago++}><t-icon name="chevron-left"></t-icon></t-button>
          <h2 aria-live="polite">${this.ago === 0 ? 'This week' : this.ago === 1 ? 'Last week' : data ? weekWords(data.days ?? []) : '…'}</h2>
          ${this.ago ? html`<t-button round variant="quiet" label="The week after" @click=${() => this.ago--}><t-icon name="chevron-right"></t-icon></t-button>` : html`<span></span>`}</div>
        ${problem ? html`<t-problem retry inline level="3" .problem=${problem} @t-retry=${() => this.#load()}></t-problem>` : nothing}
        ${data ? this.#week(data) : loading ? html`<div aria-busy="true"><span class="visually-hidden">Loading what you earned</span><t-skeleton class="block" shape="block"></t-skeleton></div>` : nothing}
      </section></t-card>
      <courier-history .courierId=${this.courierId}></courier-history>
    </div>`
  }

  #week(earnings: Earnings) {
    const { total, delivered = 0, days = [] } = earnings
    return html`<div class="sum">${total ? html`<t-money .amount=${total}></t-money>` : nothing}
        <span class="quiet">${delivered ? `for ${deliveries(delivered)}` : 'Nothing earned'}, ${weekWords(days)}</span></div>
      ${isZero(total) ? nothing : html`<t-bars label="Day by day" of="Day" unit="Earned" .format=${scaleOf(earnings)} .bars=${barsOf(earnings)}></t-bars>`}`
  }
}
