import { base, layout } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Place } from './beacon.ts'
import { cityCentre, isPlace, type Choice } from './choice.ts'
import type { Whereabouts } from './whereabouts.ts'

/** Asks where the courier is, and says what becomes of it. Fires `chosen` with a Choice, and `t-close`. */
@customElement('courier-place')
export class CourierPlace extends LitElement {
  @property({ type: Boolean }) open = false
  @property({ attribute: false }) where: Whereabouts | undefined
  @state() private place: Place = cityCentre
  @state() private wrong = ''

  static override styles = [base, layout, css`
    t-map { height: 15rem; }
    .or { display: flex; align-items: center; gap: var(--t-space-3); color: var(--t-ink-2); font-size: var(--t-text-s); }
    .or::before, .or::after { content: ''; flex: 1; height: 1px; background: var(--t-line); }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: var(--t-space-3); }
    .two label { display: grid; gap: var(--t-space-1); font-size: var(--t-text-s); font-weight: var(--t-medium); min-width: 0; }
    .two input { width: 100%; font: inherit; font-variant-numeric: tabular-nums; color: inherit; min-height: 3rem; padding: 0 var(--t-space-3); border: 1.5px solid var(--t-line-strong); border-radius: var(--t-radius-m); background: var(--t-surface); }
    summary { cursor: pointer; padding-block: var(--t-space-3); font-size: var(--t-text-s); }
    .wrong { color: var(--t-chilli); }
  `]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('open') || !this.open) return
    const { choice, place } = this.where ?? {}
    this.place = place ?? (choice?.by === 'map' ? choice : cityCentre)
    this.wrong = ''
  }

  override render() {
    const { latitude, longitude } = this.place
    return html`<t-sheet heading="Where are you?" ?open=${this.open} @t-close=${this.#closed}>
      <div class="stack">
        <p class="quiet small">Told while you are on shift, so that you are offered what is near by and the customer sees you coming. Only the last place is kept, in memory, for an hour at most.</p>
        ${'geolocation' in navigator ? html`<t-button full size="l" variant=${this.where?.trouble ? 'secondary' : 'primary'} @click=${() => this.#chosen({ by: 'device' })}><t-icon slot="start" name="map-pin"></t-icon>Let this device tell</t-button>
          ${this.where?.trouble === 'denied' ? html`<p class="small">Your browser refuses at the moment: its settings for this page say whether it may.</p>` : nothing}
          <div class="or" aria-hidden="true">or</div>` : nothing}
        <t-map pick label="Map: press where you are" .markers=${[{ kind: 'courier', latitude, longitude, label: 'You' }]} @t-pick=${(event: CustomEvent<Place>) => (this.place = event.detail)}></t-map>
        <p class="quiet small">Press the map where you are, and again when you have moved on: it does not follow you.</p>
        <details><summary>Type the coordinates</summary><div class="two">
          <label>Latitude<input type="number" step="any" min="-90" max="90" .value=${latitude.toFixed(5)} @change=${(event: Event) => this.#typed({ latitude: numberOf(event), longitude })} /></label>
          <label>Longitude<input type="number" step="any" min="-180" max="180" .value=${longitude.toFixed(5)} @change=${(event: Event) => this.#typed({ latitude, longitude: numberOf(event) })} /></label>
        </div></details>
        <p class="wrong" role="alert">${this.wrong}</p>
      </div>
      <t-button slot="footer" size="l" full variant=${this.where?.trouble ? 'primary' : 'secondary'} @click=${() => this.#chosen({ by: 'map', latitude, longitude })}>I am here on the map</t-button>
    </t-sheet>`
  }

  #typed(place: Place) {
    if (isPlace(place.latitude, place.longitude)) {
      this.place = place
      this.wrong = ''
    } else this.wrong = 'That is no place on the map: latitude goes from −90 to 90, longitude from −180 to 180.'
  }

  #chosen(choice: Choice) {
    if (choice.by === 'map' && this.wrong) return
    this.dispatchEvent(new CustomEvent<Choice>('chosen', { detail: choice }))
    this.#closed()
  }

  #closed(event?: Event) {
    event?.stopPropagation()
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}

const numberOf = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber
