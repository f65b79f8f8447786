import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Place } from '../place/beacon.ts'
import { deliver, fail, pickUp, release, type Reason } from '../sent/commands.ts'
import type { Delivery } from '../shared/api.ts'
import { farAway, readiness, stateWords } from '../shared/words.ts'
import { phaseOf } from './expected.ts'
import { markers } from './markers.ts'
import './reason.ts'
import { failReasons, releaseReasons } from './reasons.ts'
import { desk } from './styles.ts'
import { tap } from './tap.ts'

type Asking = 'deliver' | 'release' | 'fail' | ''

/** The delivery that is held: where to, and the one thing to do next. */
@customElement('courier-delivery')
export class CourierDelivery extends LitElement {
  @property({ attribute: false }) delivery: Delivery = {}
  @property({ attribute: false }) you: Place | undefined
  /** What is shown is old: whatever was tapped is still to be heard. */
  @property({ type: Boolean }) stale = false
  @state() private asking: Asking = ''

  static override styles = [base, layout, desk, css`
    :host { display: flex; flex-direction: column; flex: 1; }
    .where { font-size: var(--t-text-2xl); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    const before = changed.get('delivery') as Delivery | undefined
    if (before && (before.delivery_id !== this.delivery.delivery_id || before.state !== this.delivery.state)) this.asking = ''
  }

  override render() {
    const { delivery } = this
    const { label, tone, icon } = stateWords(delivery.state)
    const over = phaseOf({ delivery }) === 'over'
    return html`<div class="desk ${over ? 'alone' : ''}">
      ${over ? nothing : html`<t-map route .markers=${markers(delivery, this.you)}></t-map>`}
      <div class="panel">
        <div><t-badge tone=${tone} icon=${icon}>${label}</t-badge></div>
        ${this.#body(delivery)}
      </div></div>
      <t-sheet heading="Handed over?" ?open=${this.asking === 'deliver'} @t-close=${this.#close}>
        <p>${delivery.drop_off_line ? `The customer at ${delivery.drop_off_line} has the food.` : 'The customer has the food.'} This can’t be taken back.</p>
        <t-button slot="footer" class="main" size="l" full variant="primary" @click=${() => this.#say(deliver(delivery))}>Yes, handed over</t-button>
      </t-sheet>
      <courier-reason heading="Why do you give it back?" hint="Somebody else will be asked to bring it." label="Yes, give it back" .reasons=${releaseReasons} ?open=${this.asking === 'release'}
        @t-close=${this.#close} @reason=${(event: CustomEvent<Reason>) => this.#say(release(delivery, event.detail))}></courier-reason>
      <courier-reason heading="Why could you not deliver?" hint="The customer is told that it will not arrive." label="Yes, it failed" .reasons=${failReasons} ?open=${this.asking === 'fail'}
        @t-close=${this.#close} @reason=${(event: CustomEvent<Reason>) => this.#say(fail(delivery, event.detail))}></courier-reason>`
  }

  #body(delivery: Delivery): TemplateResult {
    switch (delivery.state) {
      case 'ACCEPTED':
        return html`<h1>You took it</h1><p class="quiet">${delivery.restaurant_name}: as soon as it is confirmed to be yours, you can set out.${this.stale ? ' Without a connection somebody else may get it.' : ''}</p>`
      case 'ASSIGNED':
        return html`<h1 class="where">${delivery.restaurant_name}</h1>${this.#facts(delivery, readiness(delivery.ready_at, delivery.food_ready))}
          <p class="quiet">Then to ${delivery.drop_off_line || 'the door on the map'}.</p>
          <div class="foot two"><t-button full @click=${() => (this.asking = 'release')}>Give it back</t-button>
            <t-button class="main" full variant="primary" @click=${() => tap(pickUp(delivery))}>Picked up</t-button></div>`
      case 'PICKED_UP':
        return html`<h1 class="where">${delivery.drop_off_line || 'The door on the map'}</h1>${this.#facts(delivery, '')}
          <p class="quiet">From ${delivery.restaurant_name}.</p>
          <div class="foot two"><t-button full @click=${() => (this.asking = 'fail')}>Could not deliver</t-button>
            <t-button class="main" full variant="primary" @click=${() => (this.asking = 'deliver')}>Hand over</t-button></div>`
      default:
        return this.#over(delivery)
    }
  }

  #over(delivery: Delivery): TemplateResult {
    const free = this.stale ? 'You are free again as soon as Tiffin has heard of it.' : 'You are free again in a moment.'
    const texts: Partial<Record<NonNullable<Delivery['state']>, [string, string]>> = {
      DELIVERED: ['Handed over', 'Well done.'],
      RELEASED: ['Given back', 'Somebody else will bring it.'],
      FAILED: ['Not delivered', 'That happens.'],
      CANCELLED: ['Called off', 'There is nothing to bring any more.'],
    }
    const [heading, text] = texts[delivery.state ?? 'DELIVERED'] ?? ['It is over', '']
    return html`<h1>${heading}</h1><p class="quiet">${text} ${free}</p>${delivery.reason ? html`<p>“${delivery.reason}”</p>` : nothing}`
  }

  #facts(delivery: Delivery, ready: string): TemplateResult {
    return html`<dl class="facts">
      ${ready ? html`<div><dt>The food</dt><dd>${ready}</dd></div>` : nothing}
      ${delivery.distance_meters ? html`<div><dt>To the door</dt><dd>${farAway(delivery.distance_meters)}</dd></div>` : nothing}
      <div><dt>You earn</dt><dd><t-money .amount=${delivery.payout}></t-money></dd></div></dl>`
  }

  #say(said: Promise<void>) {
    this.asking = ''
    tap(said)
  }

  #close() {
    this.asking = ''
  }
}
