import { base, Listen, Routes, setBadge } from '@tiffin/kit'
import { html, LitElement } from 'lit'
import { customElement } from 'lit/decorators.js'
import { basket } from './basket/store.ts'
import './browse/page.ts'
import './checkout/page.ts'
import './orders/history.ts'
import './orders/page.ts'
import './restaurant/page.ts'
import './you/page.ts'

/** The pages of those who order. */
@customElement('tiffin-customer')
export class TiffinCustomer extends LitElement {
  static override styles = base

  readonly #routes = new Routes(this, [
    { path: '/', render: (_, query) => html`<customer-browse .words=${query.get('q') ?? ''} .cuisine=${query.get('cuisine') ?? ''} .openOnly=${query.get('open') === '1'}></customer-browse>` },
    { path: '/restaurants/:restaurant_id', render: ({ restaurant_id }) => html`<customer-restaurant .restaurantId=${restaurant_id ?? ''}></customer-restaurant>` },
    { path: '/checkout', render: () => html`<customer-checkout></customer-checkout>` },
    { path: '/orders', render: () => html`<customer-orders></customer-orders>` },
    { path: '/orders/:order_id', render: ({ order_id }) => html`<customer-order .orderId=${order_id ?? ''}></customer-order>` },
    { path: '/you', render: () => html`<customer-you></customer-you>` },
  ])

  constructor() {
    super()
    new Listen(this, basket, 'change', () => setBadge('/checkout', basket.count))
  }

  override connectedCallback() {
    super.connectedCallback()
    setBadge('/checkout', basket.count)
  }

  override render() {
    return this.#routes.outlet()
  }
}
