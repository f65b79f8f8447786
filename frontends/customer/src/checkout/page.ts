import { asProblem, base, isZero, layout, Listen, Load, minorUnits, navigate, needForms, personaChanged, type Problem, session, setPage, toast } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { totals, type Basket } from '../basket/basket.ts'
import { refresh } from '../basket/refresh.ts'
import { basket } from '../basket/store.ts'
import { parseTip, shareOf, tipShares } from '../basket/tip.ts'
import '../basket/view.ts'
import '../browse/place-dialog.ts'
import { api, type Restaurant } from '../shared/api.ts'
import { place } from '../shared/place.ts'
import { openness, signedOut } from '../shared/words.ts'
import { attemptAnswered, isRefusal, orderIdFor } from './attempt.ts'
import { card } from './card.ts'
import './card-picker.ts'
import { refusalOf } from './refusal.ts'
import { orderOf } from './request.ts'
import './saved.ts'
import { styles } from './styles.ts'

/** The basket, where it goes, the tip, the card, and the one total that the order is placed at. */
@customElement('customer-checkout')
export class CustomerCheckout extends LitElement {
  @state() private share: number | 'own' = 0
  @state() private ownTip = ''
  @state() private placing = false
  @state() private asking = false
  @state() private problem: Problem | undefined
  @state() private changes: string[] = []
  @state() private tried = false
  readonly #restaurant = new Load<Restaurant>(this)

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, basket, 'change')
    new Listen(this, session, personaChanged)
    new Listen(this, place, 'change', () => void this.#reload())
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Checkout')
    needForms()
    void this.#reload()
  }

  /** Fetches the menu and brings the basket up to it: what is shown is what the restaurant asks for now. */
  async #reload() {
    const held = basket.value
    if (!held) return
    const { latitude, longitude } = place.value
    const params = { path: { restaurant_id: held.restaurant_id }, query: { latitude, longitude } }
    await this.#restaurant.run((signal) => api.get('/api/customer/v1/restaurants/{restaurant_id}', { params, signal }))
    const [now, restaurant] = [basket.value, this.#restaurant.data]
    if (!this.isConnected || this.#restaurant.problem || !now || !restaurant || restaurant.summary?.restaurant_id !== now.restaurant_id) return
    const { basket: fresh, changes } = refresh(now, restaurant)
    this.changes = [...this.changes, ...changes]
    basket.set(fresh)
  }

  #tip(held: Basket): bigint | undefined {
    const { subtotal } = totals(held)
    return this.share === 'own' ? parseTip(this.ownTip, subtotal.currency_code) : shareOf(minorUnits(subtotal), this.share)
  }

  override render() {
    const held = basket.value
    return html`<div class="page">
      <h1>Checkout</h1>
      ${this.changes.length ? html`<div class="notice" role="status"><strong>This has changed since you chose it:</strong><ul>${this.changes.map((change) => html`<li>${change}</li>`)}</ul></div>` : nothing}
      ${held ? this.#form(held) : html`<t-empty heading="Your basket is empty" dish="takeout-box"><span>Choose something good first.</span><t-button slot="actions" variant="primary" href="/">Find a restaurant</t-button></t-empty>`}
      <customer-place ?open=${this.asking} @t-close=${() => (this.asking = false)}></customer-place>
    </div>`
  }

  #form(held: Basket) {
    const { problem, stale, since } = this.#restaurant
    const tip = this.#tip(held)
    const sum = totals(held, tip ?? 0n)
    const refusal = this.problem && isRefusal(this.problem) ? refusalOf(this.problem) : undefined
    return html`
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#reload()}></t-stale>` : nothing}
      ${problem ? html`<t-problem inline retry heading="We couldn’t check the menu" .problem=${problem} @t-retry=${() => this.#reload()}></t-problem>` : nothing}
      <div class="columns">
        <div class="stack">
          <t-card><h2>Deliver to</h2>
            ${session.has('customer') ? html`<customer-saved></customer-saved>` : nothing}
            <wa-input label="Street and number" autocomplete="street-address" maxlength="200" required .value=${place.value.line} @change=${(event: Event) => place.set({ ...place.value, line: ((event.target as HTMLInputElement).value ?? '').trim() })}></wa-input>
            ${this.tried && !place.value.line ? html`<p class="wrong small" role="alert">Please say where we ring the bell.</p>` : nothing}
            <t-map .markers=${this.#markers()}></t-map>
            <div><t-button size="s" @click=${() => (this.asking = true)}><t-icon slot="start" name="map-pin"></t-icon>Move the point</t-button></div>
          </t-card>
          <t-card><div class="row spread"><h2>${held.restaurant_name}</h2><a href="/restaurants/${encodeURIComponent(held.restaurant_id)}">Add more</a></div><customer-basket bare></customer-basket></t-card>
        </div>
        <div class="stack side">
          <t-card><h2>A tip for the courier</h2>${this.#tips(held, tip)}</t-card>
          ${session.has('customer') ? html`<customer-card></customer-card>` : nothing}
          <t-card class="sum">
            <div class="row spread"><span>Items</span><t-money .amount=${sum.subtotal}></t-money></div>
            <div class="row spread"><span>Delivery</span><t-money .amount=${sum.delivery_fee}></t-money></div>
            <div class="row spread"><span>Tip</span><t-money .amount=${sum.tip}></t-money></div>
            <div class="row spread total"><strong>Total</strong><strong><t-money .amount=${sum.total}></t-money></strong></div>
            ${refusal ? html`<div class="notice" role="alert"><strong>${refusal.heading}</strong><p>${refusal.text}</p></div>` : this.problem ? html`<t-problem inline level="3" .problem=${this.problem}></t-problem>` : nothing}
            ${this.#place(held, tip)}
          </t-card>
        </div>
      </div>`
  }

  #tips(held: Basket, tip: bigint | undefined) {
    const currency = held.lines[0]?.unit_price.currency_code ?? ''
    return html`<t-chips label="Tip" wrap>
        ${tipShares.map((share) => html`<t-chip ?selected=${this.share === share} @click=${() => (this.share = share)}>${share ? `${share} %` : 'None'}</t-chip>`)}
        <t-chip ?selected=${this.share === 'own'} @click=${() => (this.share = 'own')}>Other</t-chip>
      </t-chips>
      ${this.share === 'own' ? html`<wa-input label="Tip in ${currency}" inputmode="decimal" .value=${this.ownTip} @input=${(event: Event) => (this.ownTip = (event.target as HTMLInputElement).value ?? '')}></wa-input>
        ${tip === undefined ? html`<p class="wrong small" role="alert">Please write an amount such as 2.50.</p>` : nothing}` : nothing}`
  }

  #place(held: Basket, tip: bigint | undefined) {
    if (!session.has('customer')) return signedOut('Almost there', 'Say who you are, and your order is on its way.', 3)
    const restaurant = this.#restaurant.data
    const why = this.#blocked(held, restaurant)
    return html`${why ? html`<p class="why small" role="status">${why}</p>` : nothing}
      <t-button variant="primary" size="l" full ?loading=${this.placing} ?disabled=${why !== '' || tip === undefined} @click=${() => this.#order(held, tip)}>Place order · <t-money .amount=${totals(held, tip ?? 0n).total}></t-money></t-button>
      <p class="quiet small">The total is reserved on your card now, and charged when the food has arrived.</p>`
  }

  #blocked(held: Basket, restaurant: Restaurant | undefined): string {
    const { missing } = totals(held)
    if (restaurant?.summary && !openness(restaurant.summary).open) return openness(restaurant.summary).long
    if (restaurant?.delivers_here === false) return `${held.restaurant_name} doesn’t deliver to this point. Move it, or choose another restaurant.`
    return isZero(missing) ? '' : 'The basket has not reached the restaurant’s minimum yet.'
  }

  #markers() {
    const summary = this.#restaurant.data?.summary
    const { latitude, longitude, line } = place.value
    const home = { kind: 'home' as const, latitude, longitude, label: line || 'Here' }
    const at = summary?.location
    return at ? [{ kind: 'restaurant' as const, latitude: at.latitude ?? 0, longitude: at.longitude ?? 0, label: summary?.name }, home] : [home]
  }

  async #order(held: Basket, tip: bigint | undefined) {
    this.tried = true
    if (this.placing || tip === undefined) return
    if (!place.value.line) return this.renderRoot.querySelector<HTMLElement>('wa-input')?.focus()
    this.placing = true
    this.problem = undefined
    this.changes = []
    const order = orderOf(held, place.value, tip, card.value?.token)
    const order_id = orderIdFor(JSON.stringify([session.persona?.persona_id, order]))
    try {
      await api.post('/api/customer/v1/orders', { body: { ...order, order_id }, headers: { 'Idempotency-Key': order_id } })
      this.#placed(order_id)
    } catch (error) {
      const problem = asProblem(error)
      // The id is ours alone: an earlier try got through, only its answer was lost.
      if (problem.code === 'ORDER_EXISTS') return this.#placed(order_id)
      this.problem = problem
      if (isRefusal(problem)) {
        attemptAnswered()
        await this.#reload()
      }
    }
    this.placing = false
  }

  #placed(order_id: string) {
    attemptAnswered()
    card.set(undefined) // given for this order
    basket.set(undefined)
    toast('Your order is placed.', { tone: 'positive' })
    navigate(`/orders/${order_id}`, { replace: true })
  }
}
