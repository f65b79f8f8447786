import { base, formatMoney, formatTime, layout, Listen, Load, money, personaChanged, session, setPage } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { store } from '../board/store.ts'
import '../head/head.ts'
import { api, type Period, type Sales } from '../shared/api.ts'
import { ticking } from '../shared/clock.ts'
import { count } from '../shared/words.ts'
import { dayBars, hourBars } from './plots.ts'

const askAgainAfter = 60_000

/** What was sold today and in the last seven days. */
@customElement('restaurant-sales')
export class RestaurantSales extends LitElement {
  readonly #sales = new Load<Sales>(this)
  #asked = 0

  static override styles = [base, layout, css`
    .periods { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: var(--t-space-5); align-items: start; }
    .figures { display: flex; flex-wrap: wrap; gap: var(--t-space-2) var(--t-space-6); margin-block: var(--t-space-2) var(--t-space-4); }
    .figures dt { font-size: var(--t-text-s); color: var(--t-ink-2); }
    .figures dd { font-size: var(--t-text-2xl); font-weight: var(--t-black); line-height: 1.1; font-variant-numeric: tabular-nums; }
    h3 { margin-top: var(--t-space-4); }
    ol { display: grid; }
    li { display: grid; grid-template-columns: 3rem minmax(0, 1fr) auto; gap: var(--t-space-2); padding-block: var(--t-space-2); border-bottom: 1px solid var(--t-line); }
    .block { height: 18rem; border-radius: var(--t-radius-l); }
    .when { margin-top: var(--t-space-4); }
  `]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#load(true))
    ticking(this, () => {
      if (!document.hidden && Date.now() - this.#asked >= askAgainAfter) this.#load()
    })
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Sales')
    this.#load()
  }

  #load(forget = false) {
    this.#asked = Date.now()
    const restaurant_id = store.restaurantId
    void this.#sales.run((signal) => api.get('/api/restaurant/v1/restaurants/{restaurant_id}/sales', { params: { path: { restaurant_id } }, signal }), { forget })
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#sales
    return html`<div class="page">
      <restaurant-head heading="Sales"></restaurant-head>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${data !== undefined} .problem=${problem} @t-retry=${() => this.#load()}></t-problem>` : nothing}
      ${data ? this.#page(data, since) : loading ? html`<div class="periods" aria-busy="true"><t-skeleton class="block" shape="block"></t-skeleton><t-skeleton class="block" shape="block"></t-skeleton></div>` : nothing}
    </div>`
  }

  #page(sales: Sales, since: Date | undefined) {
    const currency = sales.week?.revenue?.currency_code ?? ''
    const format = (value: number) => formatMoney(money(currency, Math.round(value)))
    return html`<div class="periods">
        ${this.#period('Today', sales.today, html`<t-bars label="By the hour" of="Hour" unit="Sold" .format=${format} .bars=${hourBars(sales, new Date())}></t-bars>`)}
        ${this.#period('The last seven days', sales.week, html`<t-bars label="By day" of="Day" unit="Sold" .format=${format} .bars=${dayBars(sales)}></t-bars>`)}
      </div>
      <p class="quiet small when">The food of accepted orders, without delivery and tip; what was rejected or refunded does not count. ${since ? `As of ${formatTime(since)}.` : nothing}</p>`
  }

  #period(title: string, period: Period | undefined, plot: unknown) {
    const items = period?.top_items ?? []
    return html`<t-card><section aria-label=${title}>
      <h2>${title}</h2>
      <dl class="figures"><div><dt>Sold</dt><dd><t-money .amount=${period?.revenue}></t-money></dd></div><div><dt>Orders</dt><dd>${period?.orders ?? 0}</dd></div></dl>
      ${plot}
      <h3>Sold most often</h3>
      ${items.length ? html`<ol>${items.map((item) => html`<li><strong class="number">${item.quantity} ×</strong><span>${item.name}</span><t-money .amount=${item.revenue}></t-money></li>`)}</ol>` : html`<p class="quiet">${count(0, 'order')} so far.</p>`}
    </section></t-card>`
  }
}
