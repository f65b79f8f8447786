import { asProblem, base, layout, Listen, Load, newId, personaChanged, session, setPage, type Problem, toast } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { store } from '../board/store.ts'
import '../head/head.ts'
import { api, type OwnItem, type Restaurant } from '../shared/api.ts'
import { markSoldOut } from '../shared/sold-out.ts'
import { allergenName, count } from '../shared/words.ts'
import { draftOf, emptyDraft, itemOf, rankFor, sections, type Draft } from './draft.ts'
import './item-dialog.ts'
import { styles } from './styles.ts'

/** What is being written: an item of the menu, or a new one. */
interface Editing {
  draft: Draft
  isNew: boolean
}

/** The menu by section: adding, changing and taking off items, and what is sold out. */
@customElement('restaurant-menu')
export class RestaurantMenu extends LitElement {
  @state() private editing: Editing | undefined
  @state() private saving = false
  @state() private problem: Problem | undefined
  @state() private busy = ''
  @state() private words = ''
  readonly #restaurant = new Load<Restaurant>(this)
  #soldOut = ''

  static override styles = [base, layout, styles]

  constructor() {
    super()
    new Listen(this, session, personaChanged, () => this.#load(true))
    new Listen(this, store, 'change', () => this.#follow())
  }

  override connectedCallback() {
    super.connectedCallback()
    setPage('Menu')
    this.#load()
  }

  #load(forget = false): Promise<void> {
    const restaurant_id = store.restaurantId
    return this.#restaurant.run((signal) => api.get('/api/restaurant/v1/restaurants/{restaurant_id}', { params: { path: { restaurant_id } }, signal }), { forget })
  }

  /** Somebody at the board marks things sold out, too. */
  #follow() {
    const soldOut = store.board?.sold_out_item_ids?.join() ?? this.#soldOut
    if (soldOut === this.#soldOut) return
    this.#soldOut = soldOut
    if (this.#restaurant.data) void this.#load()
  }

  override render() {
    const { data, problem, stale, loading, since } = this.#restaurant
    return html`<div class="page">
      <restaurant-head heading="Menu"></restaurant-head>
      ${stale ? html`<t-stale retry .since=${since} @t-retry=${() => this.#load()}></t-stale>` : nothing}
      ${problem ? html`<t-problem retry ?inline=${data !== undefined} .problem=${problem} @t-retry=${() => this.#load()}></t-problem>` : nothing}
      ${data ? this.#menu(data) : loading ? html`<div class="stack" aria-busy="true">${[1, 2, 3].map(() => html`<t-card><t-skeleton shape="title"></t-skeleton><t-skeleton lines="2"></t-skeleton></t-card>`)}</div>` : nothing}
    </div>`
  }

  #menu(restaurant: Restaurant) {
    const items = restaurant.items ?? []
    const all = sections(items)
    const wanted = this.words.trim().toLocaleLowerCase()
    const shown = all.map(({ name, items: its }) => ({ name, items: its.filter(({ item }) => item?.name?.toLocaleLowerCase().includes(wanted)) })).filter(({ items: its }) => its.length)
    const out = items.filter((own) => own.sold_out).length
    return html`<div class="tools">
        <t-search label="Find an item" placeholder="Find an item" .value=${this.words} @t-search=${(event: CustomEvent<{ value: string }>) => (this.words = event.detail.value)}></t-search>
        <t-button variant="primary" @click=${() => this.#add(all[0]?.name ?? '')}><t-icon slot="start" name="plus"></t-icon>Add an item</t-button>
      </div>
      <p class="quiet small" role="status">${count(items.length, 'item')}${out ? `, ${out} sold out` : ''}</p>
      ${!items.length ? html`<t-empty heading="An empty menu" dish="bento-box"><span>Add the first item, and people can order it.</span></t-empty>`
        : !shown.length ? html`<t-empty heading="No such item"><span>Nothing on your menu is called “${this.words}”.</span></t-empty>`
        : shown.map(({ name, items: its }) => html`<section aria-label=${name}>
            <div class="row spread"><h2>${name}</h2><t-button size="s" variant="quiet" label="Add an item to ${name}" @click=${() => this.#add(name)}><t-icon slot="start" name="plus"></t-icon>Add</t-button></div>
            <ul>${repeat(its, ({ item }) => item?.item_id, (own) => this.#item(own))}</ul></section>`)}
      <restaurant-item .draft=${this.editing?.draft} ?new=${this.editing?.isNew} currency=${restaurant.currency_code ?? ''} .sections=${all.map(({ name }) => name)} .problem=${this.problem} ?saving=${this.saving}
        @t-close=${this.#closed} @item-saved=${(event: CustomEvent<{ draft: Draft }>) => this.#save(event.detail.draft, restaurant)} @item-removed=${(event: CustomEvent<{ draft: Draft }>) => this.#remove(event.detail.draft)}></restaurant-item>`
  }

  #item({ item = {}, sold_out = false }: OwnItem) {
    const [item_id, name] = [item.item_id ?? '', item.name ?? '']
    const marks = [item.vegan ? 'vegan' : item.vegetarian ? 'vegetarian' : '', item.spiciness ? `heat ${item.spiciness} of 3` : '', item.option_groups?.length ? count(item.option_groups.length, 'choice') : '', ...(item.allergens ?? []).map(allergenName)].filter(Boolean)
    return html`<li class=${sold_out ? 'out' : ''}>
      <t-dish name=${item.image ?? ''}></t-dish>
      <div class="about">
        <div class="row"><h3>${name}</h3>${sold_out ? html`<t-badge tone="danger" icon="ban">Sold out</t-badge>` : nothing}</div>
        ${item.description ? html`<p class="small">${item.description}</p>` : nothing}
        ${marks.length ? html`<p class="quiet small">${marks.join(' · ')}</p>` : nothing}
      </div>
      <strong><t-money .amount=${item.price}></t-money></strong>
      <div class="row buttons">
        <t-button size="s" label="${sold_out ? 'It’s back' : 'Mark sold out'}: ${name}" ?loading=${this.busy === item_id} @click=${() => this.#mark({ item_id, name }, !sold_out)}>${sold_out ? 'It’s back' : 'Mark sold out'}</t-button>
        <t-button size="s" label="Change ${name}" @click=${() => this.#edit({ draft: draftOf(item), isNew: false })}><t-icon slot="start" name="pencil"></t-icon>Change</t-button>
      </div>
    </li>`
  }

  #add(section: string) {
    this.#edit({ draft: emptyDraft(newId(), section), isNew: true })
  }

  #edit(editing: Editing) {
    this.problem = undefined
    this.editing = editing
  }

  #closed(event: CustomEvent<{ draft: Draft; changed: boolean }>) {
    const { editing } = this
    this.editing = undefined
    if (!editing || !event.detail.changed) return
    toast('What you wrote is not saved.', { action: { label: 'Go on writing', run: () => this.#edit({ ...editing, draft: event.detail.draft }) } })
  }

  async #mark(item: { item_id: string; name: string }, soldOut: boolean) {
    if (this.busy) return
    this.busy = item.item_id
    if (await markSoldOut(store.restaurantId, item, soldOut)) await this.#load()
    this.busy = ''
  }

  #save(draft: Draft, restaurant: Restaurant) {
    const item = itemOf(draft, restaurant.currency_code ?? '', rankFor(draft.section.trim(), restaurant.items ?? [], draft.item_id))
    void this.#send(`${item.name} is on the menu as you wrote it.`, () => api.put('/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}', { params: { path: this.#path(draft) }, body: item }))
  }

  #remove(draft: Draft) {
    void this.#send(`${draft.name} is off the menu.`, () => api.delete('/api/restaurant/v1/restaurants/{restaurant_id}/menu/items/{item_id}', { params: { path: this.#path(draft) } }))
  }

  #path(draft: Draft) {
    return { restaurant_id: store.restaurantId, item_id: draft.item_id }
  }

  async #send(done: string, command: () => Promise<unknown>) {
    if (this.saving) return
    this.saving = true
    this.problem = undefined
    try {
      await command()
      this.editing = undefined
      toast(done, { tone: 'positive' })
      await this.#load()
    } catch (error) {
      this.problem = asProblem(error)
    }
    this.saving = false
  }
}
