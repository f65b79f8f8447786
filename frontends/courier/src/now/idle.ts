import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Whereabouts } from '../place/whereabouts.ts'
import { endShift, startShift } from '../sent/commands.ts'
import type { Courier } from '../shared/api.ts'
import { markers } from './markers.ts'
import { desk } from './styles.ts'
import { tap } from './tap.ts'

/** Off shift, or free and waiting. Fires `where` when the courier wants to say where they are. */
@customElement('courier-idle')
export class CourierIdle extends LitElement {
  @property({ attribute: false }) courier: Courier = {}
  @property({ attribute: false }) where: Whereabouts | undefined
  /** Nothing can be said of offers while what is shown is old. */
  @property({ type: Boolean }) stale = false

  static override styles = [base, layout, desk, css`
    :host { display: flex; flex-direction: column; flex: 1; }
    .sum { display: flex; align-items: baseline; gap: var(--t-space-3); flex-wrap: wrap; }
    .sum t-money { font-size: var(--t-text-3xl); font-weight: var(--t-black); line-height: 1; letter-spacing: -0.02em; }
    .hello { display: grid; place-items: center; padding-block: var(--t-space-4) var(--t-space-3); }
    t-stack { width: clamp(6rem, 30vw, 9rem); }
    .mind { padding: var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-saffron-soft); }
    .mind h2 { font-size: var(--t-text-l); color: var(--t-saffron); }
    .signal { display: inline-block; width: 0.7em; height: 0.7em; margin-right: 0.5em; border-radius: 50%; background: var(--t-brand); box-shadow: 0 0 0 0 var(--t-brand); animation: call 2s infinite; }
    @keyframes call { to { box-shadow: 0 0 0 0.7em transparent; } }
    @media (prefers-reduced-motion: reduce) { .signal { animation: none; } }
  `]

  override render() {
    return this.courier.on_shift ? this.#waiting() : this.#off()
  }

  #off() {
    const { courier_id = '', name } = this.courier
    return html`<div class="desk alone"><div class="panel">
      <div class="hello"><t-stack steps="3" done="3" label="A tiffin, packed"></t-stack></div>
      <h1>${name ? `Hello, ${name.split(' ')[0]}` : 'Off shift'}</h1>
      <p class="quiet">You are off shift: nobody offers you anything, and nobody is told where you are.</p>
      ${this.#today()}
      <div class="foot"><t-button class="main" full variant="primary" @click=${() => tap(startShift(courier_id))}>Start your shift</t-button></div>
    </div></div>`
  }

  #waiting() {
    const { place } = this.where ?? {}
    return html`<div class="desk ${place ? '' : 'alone'}">
      ${place ? html`<t-map label="Map: where you are" .markers=${markers(undefined, place)}></t-map>` : nothing}
      <div class="panel">
        <h1>${place && !this.stale ? html`<span class="signal" aria-hidden="true"></span>` : nothing}${!place ? 'You are on shift' : this.stale ? 'No connection' : 'Waiting for an offer'}</h1>
        ${place ? html`<p class="quiet">${this.stale ? 'An offer can’t reach you right now. We keep trying.' : 'Keep this page open: an offer stands for half a minute.'}</p>${this.#known()}` : this.#unknown()}
        ${this.#today()}
        <div class="foot"><t-button full @click=${() => tap(endShift(this.courier.courier_id ?? ''))}>End your shift</t-button></div>
      </div></div>`
  }

  #known() {
    const { choice, unheard } = this.where ?? {}
    return html`<div class="row spread"><span class="small quiet">${unheard ? 'Tiffin has not heard your last position yet.' : choice?.by === 'map' ? 'You are where you put yourself on the map.' : 'Your device tells Tiffin where you are.'}</span>
      <t-button size="s" @click=${this.#ask}><t-icon slot="start" name="map-pin"></t-icon>Change</t-button></div>`
  }

  #unknown() {
    const { choice, trouble } = this.where ?? {}
    const looking = choice?.by === 'device' && !trouble
    return html`<div class="mind stack" role="status"><h2>${looking ? 'Looking for you…' : 'Where are you?'}</h2>
      <p>${trouble === 'denied' ? 'Your browser may not tell us where you are. ' : trouble ? 'Your device can’t tell where it is right now. ' : ''}Deliveries are offered to couriers near by. Until we know where you are, nothing is offered to you.</p>
      <t-button full @click=${this.#ask}><t-icon slot="start" name="map-pin"></t-icon>${looking ? 'Show it on the map instead' : 'Say where you are'}</t-button></div>`
  }

  #today() {
    const { earned_today, delivered_today = 0 } = this.courier
    return html`<div class="sum">${earned_today ? html`<t-money .amount=${earned_today}></t-money>` : nothing}
      <span class="quiet">${delivered_today ? `today, for ${delivered_today === 1 ? 'one delivery' : `${delivered_today} deliveries`}` : 'Nothing delivered today yet.'}</span></div>`
  }

  #ask() {
    this.dispatchEvent(new CustomEvent('where', { bubbles: true, composed: true }))
  }
}
