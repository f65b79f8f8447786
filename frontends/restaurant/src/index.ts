import { base, Listen, needForms, personaChanged, Routes, session, setPage } from '@tiffin/kit'
import { html, LitElement } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Caller } from './board/caller.ts'
import './board/page.ts'
import { store } from './board/store.ts'
import './menu/page.ts'
import './sales/page.ts'

/** The pages of those who cook. */
@customElement('tiffin-restaurant')
export class TiffinRestaurant extends LitElement {
  static override styles = base

  readonly #caller = new Caller()
  readonly #routes = new Routes(this, [
    { path: '/restaurant', render: () => html`<restaurant-board></restaurant-board>` },
    { path: '/restaurant/menu', render: () => html`<restaurant-menu></restaurant-menu>` },
    { path: '/restaurant/sales', render: () => html`<restaurant-sales></restaurant-sales>` },
  ])

  constructor() {
    super()
    new Listen(this, session, personaChanged)
  }

  override connectedCallback() {
    super.connectedCallback()
    // At once, not when a dialog opens: the page stays open all day, and a deploy takes old files away.
    needForms()
    store.start()
    this.#caller.start()
    if (!store.restaurantId) setPage('Your restaurant')
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#caller.stop()
    store.stop()
  }

  override render() {
    if (!store.restaurantId) return html`<t-empty level="1" heading="Whose kitchen?" dish="bento-box"><span>${session.persona ? `${session.persona.name} has no restaurant.` : 'Say who you are to see your restaurant.'} Choose somebody who cooks.</span>
      <t-button slot="actions" variant="primary" @click=${() => session.ask()}><t-icon slot="start" name="user"></t-icon>Choose who you are</t-button></t-empty>`
    return this.#routes.outlet()
  }
}
