import { asProblem, base, formatDay, formatTime, isZero, layout, Listen, Load, navigate, personaChanged, session, setPage, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Refreshed } from '../basket/refresh.ts'
import { basket } from '../basket/store.ts'
import { api, type OrderSummary } from '../shared/api.ts'
import { signedOut } from '../shared/words.ts'
import { basketAgain } from './reorder.ts'
import { isFailed, stageOf, statusWords } from './status.ts'

interface History {
  orders: OrderSummary[]
  next: string
}

/** The orders of whoever is signed in, newest first, and the way to have one again. */
@customElement('customer-orders')
export class CustomerOrders extends LitElement {
  @state() private busy = ''
  @state() private more = false
  /** What would replace the basket, once somebody says yes. */
  @state() private pending: Refreshed | undefined
  readonly #history = new Load<History>(this)
  #visit = 0

  static override styles = [base, layout, css`
    h1 { margin-bottom: var(--t-space-4); }
    .order { display: grid; grid-template-columns: 5rem minmax(0, 1fr) auto; gap: var(--t-space-4); align-items: center; }
    .about { display: grid; gap: var(--t-space-1); min-width: 0; }
    .again { position: relative; z-index: 2; }
    ul { display: grid; gap: var(--t-space-3); }
    .more { justify-content: center; margin-top: var(--t-space-5); }
    @media (max-width: 40rem) {
      .order { grid-template-columns: 4rem minmax(0, 1fr); }
      .again { grid-column: 1 / -1; }
    }
  `]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#load(true))
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Your orders')
    this.#load()
  }

  #load(forget = false) {
    this.#visit++
    if (!session.has('customer')) return this.#history.clear()
    void this.#history.run(async (signal) => {
      const { data, stale } = await api.get('/api/customer/v1/orders', { signal })
      return { data: { orders: data.orders ?? [], next: data.next_page_token ?? '' }, stale }
    }, { forget })
  }

  async #next() {
    const shown = this.#history.data
    if (!shown?.next || this.more) return
    const visit = this.#visit
    this.more = true
    try {
      const { data, stale } = await api.get('/api/customer/v1/orders', { params: { query: { page_token: shown.next } } })
      if (visit === this.#visit) this.#history.show({ orders: [...shown.orders, ...(data.orders ?? [])], next: data.next_page_token ?? '' }, stale)
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.more = false
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#history
    if (!session.has('customer')) return html`<div class="page"><h1>Your orders</h1>${signedOut('Whose orders?', 'Say who you are to see what you ordered.')}</div>`
    return html`<div class="page"><h1>Your orders</h1>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${data !== undefined} .problem=${problem} @t-retry=${() => this.#load()}></t-problem>` : nothing}
      ${data ? this.#list(data) : loading ? html`<div class="stack" aria-busy="true">${[1, 2, 3].map(() => html`<t-card><t-skeleton shape="title"></t-skeleton><t-skeleton lines="2"></t-skeleton></t-card>`)}</div>` : nothing}
      <t-sheet heading="Replace your basket?" ?open=${this.pending !== undefined} @t-close=${() => (this.pending = undefined)}>
        <p>Your basket holds food from ${basket.value?.restaurant_name ?? 'a restaurant'}. Ordering this again replaces it.</p>
        <div slot="footer" class="row spread"><t-button @click=${() => (this.pending = undefined)}>Keep it</t-button><t-button variant="primary" @click=${() => this.pending && this.#take(this.pending)}>Replace it</t-button></div>
      </t-sheet>
    </div>`
  }

  #list({ orders, next }: History) {
    if (!orders.length) return html`<t-empty heading="No orders yet"><span>What you order shows up here, the moment it is placed.</span><t-button slot="actions" variant="primary" href="/">Find something good</t-button></t-empty>`
    return html`<ul>${repeat(orders, (order) => order.order_id, (order) => this.#order(order))}</ul>
      ${next ? html`<div class="row more"><t-button ?loading=${this.more} @click=${() => this.#next()}>Show more</t-button></div>` : nothing}`
  }

  #order(order: OrderSummary) {
    const stage = stageOf(order)
    const { label, tone, icon } = statusWords(stage)
    const id = order.order_id ?? ''
    const rest = (order.item_count ?? 0) > (order.item_names?.length ?? 0) ? ' …' : ''
    return html`<li><t-card interactive><div class="order">
      <t-dish name=${order.restaurant_image ?? ''}></t-dish>
      <div class="about">
        <div class="row spread"><h2><a class="cover" href="/orders/${encodeURIComponent(id)}">${order.restaurant_name}</a></h2><t-badge tone=${tone} icon=${icon}>${label}</t-badge></div>
        <p class="small">${order.item_names?.join(', ')}${rest}</p>
        <p class="quiet small">${formatDay(order.placed_at)}, ${formatTime(order.placed_at)} · ${charged(order, isFailed(stage))}</p>
      </div>
      <t-button class="again" size="s" ?loading=${this.busy === id} ?disabled=${this.busy !== '' && this.busy !== id} @click=${() => this.#again(id)}><t-icon slot="start" name="refresh-cw"></t-icon>Order again</t-button>
    </div></t-card></li>`
  }

  async #again(id: string) {
    if (this.busy) return
    this.busy = id
    try {
      const next = await basketAgain(id)
      if (!this.isConnected) return
      if (!next.basket.lines.length) toast('Nothing of this order is to be had right now.', { tone: 'neutral' })
      else if (basket.count) this.pending = next
      else this.#take(next)
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    } finally {
      this.busy = ''
    }
  }

  #take({ basket: fresh, changes }: Refreshed) {
    this.pending = undefined
    basket.set(fresh)
    if (changes.length) toast(changes.join(' '), { tone: 'neutral' })
    navigate('/checkout')
  }
}

/** What an order cost in the end; while that is not decided, what it is to cost. */
function charged({ charged: taken, total }: OrderSummary, failed: boolean) {
  if (taken && isZero(taken)) return 'nothing was charged'
  return html`<t-money .amount=${taken ?? total}></t-money>${taken && failed ? ' was charged' : nothing}`
}
