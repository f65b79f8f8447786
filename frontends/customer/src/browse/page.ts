import { announce, asProblem, base, layout, Listen, Load, navigate, setPage, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { api, type SearchResult } from '../shared/api.ts'
import { place } from '../shared/place.ts'
import { cuisineName } from '../shared/words.ts'
import { restaurantCard } from './card.ts'
import './place-dialog.ts'

/** Restaurants that deliver here: words, cuisines, open now. The address bar holds what was asked, so "back" works. */
@customElement('customer-browse')
export class CustomerBrowse extends LitElement {
  @property() words = ''
  @property() cuisine = ''
  @property({ type: Boolean }) openOnly = false
  @state() private placing = false
  @state() private more = false
  readonly #result = new Load<SearchResult>(this)
  #pages = 0

  static override styles = [base, layout, css`
    .top { margin-bottom: var(--t-space-5); }
    h1 { font-size: var(--t-text-3xl); line-height: 1; letter-spacing: -0.025em; }
    t-search { flex: 1 1 18rem; }
    t-dish { --t-dish-ratio: 16 / 9; --t-dish-radius: 0; }
    h2 { font-size: var(--t-text-l); }
    .closed t-dish { filter: saturate(0.35); }
    /* On the picture, so that names of any length leave it where it is. */
    t-card > t-badge { position: absolute; top: var(--t-space-3); left: var(--t-space-3); background: var(--t-surface); }
    .waiting { opacity: 0.6; transition: opacity var(--t-normal); }
    .more { justify-content: center; margin-top: var(--t-space-6); }
    .block { height: 9rem; }
  `]

  constructor() {
    super()
    new Listen(this, place, 'change', () => this.#search())
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Discover')
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('words') || changed.has('cuisine') || changed.has('openOnly')) this.#search()
  }

  #query(page_token = '') {
    const { latitude, longitude } = place.value
    return { latitude, longitude, ...(this.words && { query: this.words }), ...(this.cuisine && { cuisine: this.cuisine }), ...(this.openOnly && { open_only: true }), ...(page_token && { page_token }) }
  }

  #search() {
    this.#pages++
    void this.#result.run((signal) => api.get('/api/customer/v1/restaurants', { params: { query: this.#query() }, signal })).then(() => {
      const { data, loading } = this.#result
      if (data && !loading) announce(`${data.total_size ?? data.restaurants?.length ?? 0} restaurants`)
    })
  }

  async #next() {
    const shown = this.#result.data
    if (!shown?.next_page_token || this.more) return
    const page = this.#pages
    this.more = true
    try {
      const { data, stale } = await api.get('/api/customer/v1/restaurants', { params: { query: this.#query(shown.next_page_token) } })
      // Somebody searched for something else meanwhile: this page belongs to nothing.
      if (page === this.#pages) this.#result.show({ ...shown, restaurants: [...(shown.restaurants ?? []), ...(data.restaurants ?? [])], next_page_token: data.next_page_token ?? '' }, stale)
    } catch (error) {
      toast(asProblem(error).message, { tone: 'danger' })
    }
    this.more = false
  }

  #go(change: { words?: string; cuisine?: string; openOnly?: boolean }) {
    const { words, cuisine, openOnly } = { words: this.words, cuisine: this.cuisine, openOnly: this.openOnly, ...change }
    const query = new URLSearchParams({ ...(words && { q: words }), ...(cuisine && { cuisine }), ...(openOnly && { open: '1' }) })
    navigate(query.size ? `/?${query}` : '/', { replace: true })
  }

  override render() {
    const { data, loading, problem, stale, since } = this.#result
    return html`<div class="page">
      <div class="stack top">
        <h1>What’s in your tiffin today?</h1>
        <div class="row">
          <t-button @click=${() => (this.placing = true)}><t-icon slot="start" name="map-pin"></t-icon>${place.value.line || 'City centre'}</t-button>
          <t-search label="Search restaurants and dishes" placeholder="Dosa, ramen, a kitchen’s name…" .value=${this.words} @t-search=${(event: CustomEvent<{ value: string }>) => this.#go({ words: event.detail.value.trim().slice(0, 200) })}></t-search>
        </div>
        <t-chips label="Filters">
          <t-chip icon="clock" ?selected=${this.openOnly} @click=${() => this.#go({ openOnly: !this.openOnly })}>Open now</t-chip>
          ${this.#cuisines().map(({ cuisine = '', restaurants }) => html`<t-chip ?selected=${cuisine === this.cuisine} .count=${restaurants} @click=${() => this.#go({ cuisine: cuisine === this.cuisine ? '' : cuisine })}>${cuisineName(cuisine)}</t-chip>`)}
        </t-chips>
      </div>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#search()}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${data !== undefined} .problem=${problem} @t-retry=${() => this.#search()}></t-problem>` : nothing}
      ${data ? this.#list(data, loading) : loading ? this.#skeletons() : nothing}
      <customer-place ?open=${this.placing} @t-close=${() => (this.placing = false)}></customer-place>
    </div>`
  }

  // The one that is chosen stays in sight even where the search finds nothing of it.
  #cuisines() {
    const found = this.#result.data?.cuisines ?? []
    return this.cuisine && !found.some(({ cuisine }) => cuisine === this.cuisine) ? [{ cuisine: this.cuisine, restaurants: 0 }, ...found] : found
  }

  #list(data: SearchResult, loading: boolean) {
    const restaurants = data.restaurants ?? []
    if (!restaurants.length) return this.#nothing()
    return html`<div class="grid ${loading ? 'waiting' : ''}" aria-busy=${loading}>${repeat(restaurants, (summary) => summary.restaurant_id, restaurantCard)}</div>
      ${data.next_page_token ? html`<div class="row more"><t-button ?loading=${this.more} @click=${() => this.#next()}>Show more</t-button></div>` : nothing}`
  }

  #nothing() {
    const filtered = this.words || this.cuisine || this.openOnly
    return html`<t-empty heading=${filtered ? 'Nothing like that around here' : 'Nobody delivers here yet'}>
      <span>${filtered ? 'Try other words, or look at everything that delivers to you.' : 'Try an address nearer to the city centre.'}</span>
      ${filtered
        ? html`<t-button slot="actions" variant="primary" @click=${() => this.#go({ words: '', cuisine: '', openOnly: false })}>Show everything</t-button>`
        : html`<t-button slot="actions" variant="primary" @click=${() => (this.placing = true)}>Change the address</t-button>`}
    </t-empty>`
  }

  #skeletons() {
    return html`<div class="grid" aria-busy="true">${Array.from({ length: 6 }, () => html`<t-card><t-skeleton slot="media" class="block" shape="block"></t-skeleton><t-skeleton shape="title"></t-skeleton><t-skeleton lines="2"></t-skeleton></t-card>`)}</div>`
  }
}
