import { announce, base, formatMoney, navigate, Routes, toast } from '@tiffin/kit'
import { html, LitElement } from 'lit'
import { customElement } from 'lit/decorators.js'
import './earnings/page.ts'
import { Awake } from './now/awake.ts'
import { Now } from './now/now.ts'
import './now/page.ts'
import type { Choice } from './place/choice.ts'
import { WhereaboutsController } from './place/whereabouts.ts'
import type { Offer } from './shared/api.ts'
import { stranger } from './shared/stranger.ts'

/** The pages of those who deliver. */
@customElement('tiffin-courier')
export class TiffinCourier extends LitElement {
  static override styles = base

  readonly #now = new Now(this, (offer) => offered(offer))
  readonly #where = new WhereaboutsController(this)
  readonly #awake = new Awake(this)
  readonly #routes = new Routes(this, [
    { path: '/courier', render: () => (said(), this.#page()) },
    { path: '/courier/earnings', render: () => html`<courier-earnings .courierId=${this.#now.courierId}></courier-earnings>` },
  ])

  override willUpdate() {
    const { courierId, courier } = this.#now
    const working = courier?.on_shift ?? false
    this.#where.follow(working ? courierId : '')
    this.#awake.set(working)
  }

  override render() {
    return this.#now.courierId ? this.#routes.outlet() : stranger()
  }

  #page() {
    const { load, courier, deadline } = this.#now
    const { stale, since, problem, loading } = load
    return html`<courier-now .load=${{ stale, since, problem, loading }} .courier=${courier} .deadline=${deadline} .where=${this.#where.now}
      @choose=${(event: CustomEvent<Choice>) => this.#where.choose(event.detail)} @t-retry=${() => this.#now.follow()}></courier-now>`
  }
}

let said = () => {}

function offered(offer: Offer): void {
  const words = `New offer: ${offer.restaurant_name}, ${formatMoney(offer.payout)}`
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200])
  if (location.pathname === '/courier') announce(words, 'assertive')
  else said = toast(words, { action: { label: 'Look', run: () => navigate('/courier') }, duration: 25_000 })
}
