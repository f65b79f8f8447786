import { base, layout } from '@tiffin/kit'
import { css, html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Place } from '../place/beacon.ts'
import { accept, decline } from '../sent/commands.ts'
import type { Offer } from '../shared/api.ts'
import { farAway, readiness } from '../shared/words.ts'
import { markers } from './markers.ts'
import { desk } from './styles.ts'
import { tap } from './tap.ts'

/** A delivery that may be taken, and how long it may. */
@customElement('courier-offer')
export class CourierOffer extends LitElement {
  @property({ attribute: false }) offer: Offer = {}
  /** When it ends, by this device's clock. */
  @property({ type: Number }) deadline = 0
  @property({ attribute: false }) you: Place | undefined
  @state() private left = 0
  #whole = 1
  #shown = ''
  #timer: ReturnType<typeof setInterval> | undefined

  static override styles = [base, layout, desk, css`
    :host { display: flex; flex-direction: column; flex: 1; }
    .top { display: flex; align-items: center; gap: var(--t-space-4); }
    .top > :first-child { flex: 1; min-width: 0; }
    .pay { font-size: var(--t-text-3xl); font-weight: var(--t-black); line-height: 1; letter-spacing: -0.02em; }
    .clock { position: relative; display: grid; place-items: center; width: 5rem; height: 5rem; flex: none; font-size: var(--t-text-xl); font-weight: var(--t-black); font-variant-numeric: tabular-nums; }
    .clock svg { position: absolute; inset: 0; width: 100%; height: 100%; rotate: -90deg; }
    circle { fill: none; stroke-width: 4; stroke: var(--t-line); }
    .left { stroke: var(--t-brand-deep); stroke-dasharray: var(--left) 100; transition: stroke-dasharray 250ms linear; }
    .soon .left { stroke: var(--t-chilli); }
    .soon { color: var(--t-chilli); }
    @media (prefers-reduced-motion: reduce) { .left { transition: none; } }
  `]

  override connectedCallback() {
    super.connectedCallback()
    this.#timer = setInterval(() => this.#count(), 250)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('deadline') && !changed.has('offer')) return
    this.#count()
    // The whole of it is what was left when this page first showed it.
    if (this.#shown !== this.offer.offer_id) this.#whole = Math.max(this.left, 1)
    this.#shown = this.offer.offer_id ?? ''
  }

  override updated() {
    this.renderRoot.querySelector<HTMLElement>('.clock')?.style.setProperty('--left', String((100 * this.left) / this.#whole))
  }

  #count() {
    this.left = Math.max(0, Math.ceil((this.deadline - Date.now()) / 1000))
  }

  override render() {
    const { offer, left } = this
    const ready = readiness(offer.ready_at, undefined)
    return html`<div class="desk">
      <t-map route .markers=${markers(offer, this.you)}></t-map>
      <div class="panel">
        <div class="top"><div><p class="pay"><t-money .amount=${offer.payout}></t-money></p><h1>${offer.restaurant_name || 'A delivery'}</h1></div>
          <div class="clock ${left <= 10 ? 'soon' : ''}" role="timer" aria-label="Seconds left to answer"><svg viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="15.9" pathLength="100"></circle><circle class="left" cx="20" cy="20" r="15.9" pathLength="100"></circle></svg>${left}</div></div>
        <dl class="facts"><div><dt>To the door</dt><dd>${farAway(offer.distance_meters) || 'Near by'}</dd></div>
          ${ready ? html`<div><dt>The food</dt><dd>${ready}</dd></div>` : ''}</dl>
        <div class="foot two">
          <t-button full @click=${() => tap(decline(offer))}>Decline</t-button>
          <t-button class="main" full variant="primary" @click=${() => tap(accept(offer))}>Accept</t-button>
        </div>
      </div></div>`
  }
}
