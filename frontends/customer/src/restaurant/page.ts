import { base, formatDistance, isZero, layout, Listen, Load, setPage, toast } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Line } from '../basket/basket.ts'
import { basket } from '../basket/store.ts'
import '../basket/view.ts'
import { api, type MenuItem, type Restaurant } from '../shared/api.ts'
import { place } from '../shared/place.ts'
import { cuisineName, openness, trouble } from '../shared/words.ts'
import './item-dialog.ts'
import { menu, sectionLinks } from './menu.ts'
import { styles } from './styles.ts'

/** One restaurant, its menu, and the basket beside it. */
@customElement('customer-restaurant')
export class CustomerRestaurant extends LitElement {
  @property() restaurantId = ''
  @state() private item: MenuItem | undefined
  /** What waits for a yes: it would replace the basket of another restaurant. */
  @state() private pending: Line | undefined
  readonly #restaurant = new Load<Restaurant>(this)

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, basket, 'change')
    new Listen(this, place, 'change', () => this.#load())
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('restaurantId') && this.restaurantId) this.#load(true)
  }

  override updated() {
    const bar = this.renderRoot.querySelector<HTMLElement>('.bar')?.offsetHeight ?? 0
    document.documentElement.style.setProperty('--t-toast-offset', `${bar}px`)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.documentElement.style.removeProperty('--t-toast-offset')
  }

  #load(forget = false) {
    const { latitude, longitude } = place.value
    const params = { path: { restaurant_id: this.restaurantId }, query: { latitude, longitude } }
    void this.#restaurant.run((signal) => api.get('/api/customer/v1/restaurants/{restaurant_id}', { params, signal }), { forget }).then(() => {
      if (this.isConnected) setPage(this.#restaurant.data?.summary?.name ?? 'Restaurant')
    })
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#restaurant
    return html`<div class="page">
      <p class="back"><a href="/">All restaurants</a></p>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      ${problem ? trouble(problem, data !== undefined, 'This kitchen isn’t here', () => this.#load()) : nothing}
      ${data ? this.#page(data) : loading ? this.#skeleton() : nothing}
    </div>`
  }

  #page(restaurant: Restaurant) {
    const summary = restaurant.summary ?? {}
    const { open, long, short } = openness(summary)
    const closed = open ? (restaurant.delivers_here === false ? 'This kitchen doesn’t deliver to your address.' : '') : long
    const facts = [(summary.cuisines ?? []).map(cuisineName).join(', '), summary.distance_meters == null ? '' : formatDistance(summary.distance_meters), restaurant.address].filter(Boolean)
    return html`<header class="hero">
        <t-dish name=${summary.image ?? ''}></t-dish>
        <div class="stack">
          <h1>${summary.name}</h1>
          ${summary.description ? html`<p>${summary.description}</p>` : nothing}
          <p class="quiet small">${facts.join(' · ')}</p>
          <div class="row small">
            <t-badge tone=${open ? 'positive' : 'neutral'} icon="clock">${short}</t-badge>
            ${summary.preparation_minutes ? html`<span>${summary.preparation_minutes} min</span>` : nothing}
            <span>${isZero(summary.delivery_fee) ? 'Free delivery' : html`<t-money .amount=${summary.delivery_fee}></t-money> delivery`}</span>
            ${isZero(summary.minimum_order) ? nothing : html`<span>from <t-money .amount=${summary.minimum_order}></t-money></span>`}
          </div>
        </div>
      </header>
      ${closed ? html`<p class="notice" role="status"><t-icon name="info"></t-icon><span>${closed}</span></p>` : nothing}
      <div class="columns">
        <div class="menu">
          ${restaurant.sections?.length
            ? html`<div class="jump">${sectionLinks(restaurant, (id) => this.renderRoot.querySelector(`#${id}`)?.scrollIntoView({ block: 'start' }))}</div>
              ${menu(restaurant, (item) => (this.item = item))}`
            : html`<t-empty heading="No menu yet">This kitchen has not put anything on its menu.</t-empty>`}
        </div>
        <aside aria-label="Basket"><customer-basket></customer-basket></aside>
      </div>
      ${basket.count && !basket.holdsOther(this.restaurantId) ? html`<div class="bar"><t-button variant="primary" size="l" full href="/checkout"><t-icon slot="start" name="shopping-bag"></t-icon>View basket (${basket.count})</t-button></div>` : nothing}
      <customer-item .item=${this.item} .closed=${closed} @t-close=${() => (this.item = undefined)} @item-chosen=${(event: CustomEvent<{ line: Line }>) => this.#chosen(event.detail.line)}></customer-item>
      <t-sheet heading="Start a new basket?" ?open=${this.pending !== undefined} @t-close=${() => (this.pending = undefined)}>
        <p>Your basket holds food from ${basket.value?.restaurant_name ?? 'another restaurant'}. A basket takes one restaurant at a time.</p>
        <div slot="footer" class="row spread">
          <t-button @click=${() => (this.pending = undefined)}>Keep it</t-button>
          <t-button variant="primary" @click=${() => this.pending && this.#add(this.pending)}>Start a new one</t-button>
        </div>
      </t-sheet>`
  }

  #chosen(line: Line) {
    this.item = undefined
    if (basket.holdsOther(this.restaurantId)) this.pending = line
    else this.#add(line)
  }

  #add(line: Line) {
    const restaurant = this.#restaurant.data
    this.pending = undefined
    if (!restaurant) return
    const before = basket.value
    basket.add(restaurant, line)
    const dismiss = toast(`${line.name} is in your basket.`, { tone: 'positive', action: { label: 'Undo', run: () => basket.set(before) } })
    // Whatever happens to the basket next, an order above all, is not this undo's to take back.
    basket.addEventListener('change', dismiss, { once: true })
  }

  #skeleton() {
    return html`<div class="stack" aria-busy="true"><t-skeleton class="block" shape="block"></t-skeleton><t-skeleton shape="title"></t-skeleton><t-skeleton lines="6"></t-skeleton></div>`
  }
}
