import { announce, asProblem, base, isZero, layout, Listen, Load, personaChanged, Problem, session, setPage, toast, watch } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { api, apiRoot, type Order } from '../shared/api.ts'
import { signedOut, trouble } from '../shared/words.ts'
import { isFailed, statusWords, steps, stepsDone } from './status.ts'
import { styles } from './styles.ts'

/** The stream tries again for ever and reports no problem; until its first document there is nothing to be stale. */
const unreachable = new Problem({ code: 'NETWORK', detail: 'We can’t reach Tiffin right now. We keep trying, and show your order as soon as we can.' })

/** One order, live: how far it is, where it comes from, what is in it, and the way to call it off. */
@customElement('customer-order')
export class CustomerOrder extends LitElement {
  @property() orderId = ''
  @state() private asking = false
  @state() private cancelling = false
  readonly #order = new Load<Order>(this)
  #end: (() => void) | undefined

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#follow())
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
        if (order.data && order.data.status !== document.status) announce(statusWords(document.status).label)
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
    const { label } = statusWords(order.status)
    return html`<header class="head">
        <t-stack steps="3" .done=${stepsDone(order)} ?failed=${isFailed(order.status)} label=${label}></t-stack>
        <div><h1>${label}</h1><p class="quiet"><a href="/restaurants/${encodeURIComponent(order.restaurant_id ?? '')}">${order.restaurant_name}</a></p></div>
      </header>
      <div class="columns">
        <div class="stack">
          <t-card><t-timeline .steps=${steps(order)}></t-timeline>
            ${order.cancellable ? html`<div class="cancel"><t-button ?loading=${this.cancelling} @click=${() => (this.asking = true)}>Cancel the order</t-button></div>` : nothing}
          </t-card>
          <t-map route .markers=${markers(order)}></t-map>
        </div>
        ${receipt(order)}
      </div>
      <t-sheet heading="Cancel this order?" ?open=${this.asking} @t-close=${() => (this.asking = false)}>
        <p>${order.restaurant_name} will not make it, and you won’t be charged.</p>
        <div slot="footer" class="row spread"><t-button @click=${() => (this.asking = false)}>Keep it</t-button><t-button variant="danger" @click=${() => this.#cancel()}>Yes, cancel it</t-button></div>
      </t-sheet>`
  }

  async #cancel() {
    this.asking = false
    if (this.cancelling) return
    this.cancelling = true
    try {
      await api.post('/api/customer/v1/orders/{order_id}:cancel', { params: { path: { order_id: this.orderId } }, body: { reason: 'The customer changed their mind' } })
      toast('Your order is cancelled.')
    } catch (error) {
      // The usual one: the kitchen was faster. The live page already shows what became of it.
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.cancelling = false
  }
}

function markers(order: Order) {
  const { restaurant_location: from, delivery_address: to } = order
  return [
    ...(from ? [{ kind: 'restaurant' as const, latitude: from.latitude ?? 0, longitude: from.longitude ?? 0, label: order.restaurant_name }] : []),
    ...(to ? [{ kind: 'home' as const, latitude: to.latitude ?? 0, longitude: to.longitude ?? 0, label: to.line || 'Home' }] : []),
  ]
}

function receipt(order: Order) {
  return html`<t-card><div class="stack">
    <h2>What you ordered</h2>
    <ul>${(order.items ?? []).map((item) => html`<li>
      <span class="number">${item.quantity} ×</span>
      <div><span>${item.name}</span>
        ${item.options?.length ? html`<p class="quiet small">${item.options.map((option) => option.name).join(', ')}</p>` : nothing}
        ${item.note ? html`<p class="quiet small">“${item.note}”</p>` : nothing}</div>
      <t-money .amount=${item.line_total}></t-money>
    </li>`)}</ul>
    <div class="row spread"><span>Items</span><t-money .amount=${order.subtotal}></t-money></div>
    <div class="row spread"><span>Delivery</span><t-money .amount=${order.delivery_fee}></t-money></div>
    ${isZero(order.tip) ? nothing : html`<div class="row spread"><span>Tip</span><t-money .amount=${order.tip}></t-money></div>`}
    <div class="row spread total"><strong>Total</strong><strong><t-money .amount=${order.total}></t-money></strong></div>
    ${order.delivery_address?.line ? html`<p class="quiet small">To ${order.delivery_address.line}</p>` : nothing}
    <p class="quiet small">Order <span class="number">${order.order_id}</span></p>
  </div></t-card>`
}
