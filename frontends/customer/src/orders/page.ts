import { announce, asProblem, base, isZero, layout, Listen, Load, navigate, personaChanged, Problem, session, setPage, toast, watch } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { basket } from '../basket/store.ts'
import { api, apiRoot, type Order } from '../shared/api.ts'
import { signedOut, trouble } from '../shared/words.ts'
import { courierWords, expected } from './arrival.ts'
import { cancelling, paid } from './money.ts'
import { basketAgain } from './reorder.ts'
import { courierName, isFailed, isOver, stageOf, statusWords, steps, stepsDone, stepsInAll } from './status.ts'
import { styles } from './styles.ts'

/** The stream tries again for ever and reports no problem; until its first document there is nothing to be stale. */
const unreachable = new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. We keep trying, and show your order as soon as we can.' })

/** One order, live: how far it is, when and from where it comes, what is in it and was paid, and the way to call it off. */
@customElement('customer-order')
export class CustomerOrder extends LitElement {
  @property() orderId = ''
  @state() private asking = false
  @state() private cancelling = false
  @state() private filling = false
  readonly #order = new Load<Order>(this)
  #end: (() => void) | undefined

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#follow())
    new Listen(this, basket, 'change')
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Your order')
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('orderId') && this.orderId) this.#follow()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#end?.()
  }

  #follow() {
    this.#end?.()
    this.#order.clear()
    if (!session.has('customer')) return
    const order = this.#order
    order.loading = true
    this.#end = watch<Order>(`${apiRoot}/orders/${encodeURIComponent(this.orderId)}:watch`, {
      onDocument: (document) => {
        if (order.data) tell(order.data, document)
        order.show(document, order.stale)
      },
      onStale: (stale) => {
        if (!stale) order.since = new Date()
        if (stale === order.stale) return
        order.stale = stale
        this.requestUpdate()
      },
      onProblem: (problem) => {
        order.loading = false
        order.problem = problem
        this.requestUpdate()
      },
    })
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#order
    if (!session.has('customer')) return html`<div class="page"><h1>Your order</h1>${signedOut('Whose order?', 'Say who you are to follow it.')}</div>`
    return html`<div class="page">
      <p class="back"><a href="/orders">All orders</a></p>
      ${stale && data ? html`<t-stale .since=${since}></t-stale>` : nothing}
      ${problem ? trouble(problem, data !== undefined, 'There is no such order', () => this.#follow()) : nothing}
      ${data ? this.#page(data) : stale ? trouble(unreachable, false, '', () => this.#follow()) : loading ? html`<div class="stack" aria-busy="true"><t-skeleton shape="title"></t-skeleton><t-skeleton class="block" shape="block"></t-skeleton><t-skeleton lines="4"></t-skeleton></div>` : nothing}
    </div>`
  }

  #page(order: Order) {
    const stage = stageOf(order)
    const { label } = statusWords(stage)
    const ask = cancelling(order)
    return html`<header class="head">
        <t-stack steps=${stepsInAll} .done=${stepsDone(order)} ?failed=${isFailed(stage)} label=${label}></t-stack>
        <div class="what"><h1>${label}</h1><p class="quiet"><a href="/restaurants/${encodeURIComponent(order.restaurant_id ?? '')}">${order.restaurant_name}</a></p></div>
        ${arrival(order)}
      </header>
      <div class="columns">
        <div class="stack ${isOver(stage) ? 'over' : ''}">
          <t-card><t-timeline .steps=${steps(order)}></t-timeline>
            ${order.cancellable ? html`<div class="cancel"><t-button ?loading=${this.cancelling} @click=${() => (this.asking = true)}>Cancel the order</t-button></div>` : nothing}
            ${isOver(stage) && !basket.count ? html`<div class="cancel"><t-button ?loading=${this.filling} @click=${() => this.#again()}><t-icon slot="start" name="refresh-cw"></t-icon>Order again</t-button></div>` : nothing}
          </t-card>
          <div class="way">
            <t-map route .markers=${markers(order)}></t-map>
            ${order.courier ? html`<p class="courier small"><t-icon name="bike"></t-icon>${courierWords(order)}</p>` : nothing}
          </div>
        </div>
        ${receipt(order)}
      </div>
      <t-sheet heading="Cancel this order?" ?open=${this.asking} @t-close=${() => (this.asking = false)}>
        <p>${ask.text}</p>
        <div slot="footer" class="row spread"><t-button @click=${() => (this.asking = false)}>Keep it</t-button><t-button variant="danger" @click=${() => this.#cancel(order)}>${ask.yes}</t-button></div>
      </t-sheet>`
  }

  /** Fills the basket, which is empty, with the same again. */
  async #again() {
    if (this.filling) return
    this.filling = true
    try {
      const { basket: fresh, changes } = await basketAgain(this.orderId)
      if (this.isConnected && !basket.count) {
        if (fresh.lines.length) {
          basket.set(fresh)
          navigate('/checkout')
        } else changes.push('Nothing of this order is to be had right now.')
        if (changes.length) toast(changes.join(' '), { tone: 'neutral' })
      }
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.filling = false
  }

  async #cancel({ cancellation_charge: told }: Order) {
    this.asking = false
    if (this.cancelling) return
    this.cancelling = true
    try {
      await api.post('/api/customer/v1/orders/{order_id}:cancel', { params: { path: { order_id: this.orderId } }, body: { reason: 'The customer changed their mind', ...(told ? { expected_charge: told } : {}) } })
      toast('Your order is cancelled.')
    } catch (error) {
      // The usual one: the kitchen was faster. The live page already shows what became of it, and what it costs now.
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.cancelling = false
  }
}

/** Says to those who don't see it what has changed. */
function tell(before: Order, after: Order) {
  const stage = stageOf(after)
  if (stageOf(before) !== stage) announce(statusWords(stage).label)
  else if (after.arrival?.late && !before.arrival?.late) announce(`It will be late. ${expected(after)?.note ?? ''}`)
}

function arrival(order: Order) {
  const arrives = expected(order)
  if (!arrives) return nothing
  return html`<div class="arrival ${arrives.late ? 'late' : ''}"><p class="small quiet">${order.arrival ? 'At your door' : 'When it arrives'}</p>
    <p class="span">${arrives.span}</p>${arrives.note ? html`<p class="small">${arrives.note}</p>` : nothing}</div>`
}

function markers(order: Order) {
  const { restaurant_location: from, delivery_address: to, courier } = order
  const at = courier?.location
  return [
    ...(from ? [{ kind: 'restaurant' as const, latitude: from.latitude ?? 0, longitude: from.longitude ?? 0, label: order.restaurant_name }] : []),
    ...(to ? [{ kind: 'home' as const, latitude: to.latitude ?? 0, longitude: to.longitude ?? 0, label: to.line || 'Home' }] : []),
    ...(at ? [{ kind: 'courier' as const, latitude: at.latitude ?? 0, longitude: at.longitude ?? 0, label: courierName(order) }] : []),
  ]
}

function receipt(order: Order) {
  const money = paid(order)
  return html`<t-card><div class="stack">
    <h2>What you ordered</h2>
    <ul>${(order.items ?? []).map((item) => html`<li>
      <span class="number">${item.quantity} ×</span>
      <div><span>${item.name}</span>${item.sold_out ? html` <t-badge tone="danger">Sold out</t-badge>` : nothing}
        ${item.options?.length ? html`<p class="quiet small">${item.options.map((option) => option.name).join(', ')}</p>` : nothing}
        ${item.note ? html`<p class="quiet small">“${item.note}”</p>` : nothing}</div>
      <t-money .amount=${item.line_total}></t-money>
    </li>`)}</ul>
    <div class="row spread"><span>Items</span><t-money .amount=${order.subtotal}></t-money></div>
    <div class="row spread"><span>Delivery</span><t-money .amount=${order.delivery_fee}></t-money></div>
    ${isZero(order.tip) ? nothing : html`<div class="row spread"><span>Tip</span><t-money .amount=${order.tip}></t-money></div>`}
    <div class="row spread total"><strong>Total</strong><strong><t-money .amount=${order.total}></t-money></strong></div>
    ${money ? html`<div class="paid"><p><t-icon name="credit-card"></t-icon>${money.text}</p>${money.why ? html`<p class="quiet small">${money.why}</p>` : nothing}</div>` : nothing}
    ${order.delivery_address?.line ? html`<p class="quiet small">To ${order.delivery_address.line}</p>` : nothing}
    <p class="quiet small">Order <span class="number">${order.order_id}</span></p>
  </div></t-card>`
}
