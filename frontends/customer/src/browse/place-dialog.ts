import { base, layout, needForms } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { cityCentre, parseDegrees, place } from '../shared/place.ts'

/** Asks where to deliver to, and keeps the answer. Fires `t-close`. */
@customElement('customer-place')
export class CustomerPlace extends LitElement {
  @property({ type: Boolean }) open = false
  @state() private line = ''
  @state() private latitude = ''
  @state() private longitude = ''
  @state() private wrong = ''

  static override styles = [base, layout, css`
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: var(--t-space-3); }
    .two > * { min-width: 0; }
    .wrong { color: var(--t-chilli); }
    t-map { height: 14rem; margin-bottom: var(--t-space-1); }
    summary { cursor: pointer; padding-block: var(--t-space-2); font-size: var(--t-text-s); }
  `]

  override connectedCallback() {
    super.connectedCallback()
    needForms()
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('open') && this.open) this.#show(place.value)
  }

  #show(value: typeof cityCentre) {
    this.line = value.line
    this.latitude = String(value.latitude)
    this.longitude = String(value.longitude)
    this.wrong = ''
  }

  override render() {
    const [latitude, longitude] = [parseDegrees(this.latitude, 90), parseDegrees(this.longitude, 180)]
    return html`<t-sheet heading="Where to?" ?open=${this.open} @t-close=${this.#closed}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); this.#keep() }}>
        <wa-input label="Street and number" autocomplete="street-address" maxlength="200" .value=${this.line} @input=${(event: Event) => (this.line = valueOf(event))}></wa-input>
        ${latitude !== undefined && longitude !== undefined ? html`<div>
          <t-map pick .markers=${[{ kind: 'home', latitude, longitude, label: this.line || 'Here' }]} @t-pick=${(event: CustomEvent<{ latitude: number; longitude: number }>) => this.#at(event.detail)}></t-map>
          <p class="quiet small">Press the map to move the point.</p></div>` : nothing}
        <div class="row">
          ${'geolocation' in navigator ? html`<t-button size="s" @click=${this.#locate}><t-icon slot="start" name="map-pin"></t-icon>Use my position</t-button>` : nothing}
          <t-button size="s" variant="quiet" @click=${() => this.#show({ ...cityCentre, line: this.line })}>City centre</t-button>
        </div>
        <details ?open=${this.wrong !== ''}><summary>Type the coordinates</summary>
          <div class="two">
            <wa-input label="Latitude" inputmode="decimal" .value=${this.latitude} @input=${(event: Event) => (this.latitude = valueOf(event))}></wa-input>
            <wa-input label="Longitude" inputmode="decimal" .value=${this.longitude} @input=${(event: Event) => (this.longitude = valueOf(event))}></wa-input>
          </div>
        </details>
        <p class="wrong" role="alert">${this.wrong}</p>
      </form>
      <t-button slot="footer" variant="primary" size="l" full @click=${this.#keep}>Deliver here</t-button>
    </t-sheet>`
  }

  // Five decimals are about a metre.
  #at({ latitude, longitude }: { latitude: number; longitude: number }) {
    this.latitude = latitude.toFixed(5)
    this.longitude = longitude.toFixed(5)
  }

  #locate() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#at(coords),
      () => (this.wrong = 'Your browser didn’t tell us where you are. You can type it instead.'),
      { timeout: 10_000 },
    )
  }

  #keep() {
    const [latitude, longitude] = [parseDegrees(this.latitude, 90), parseDegrees(this.longitude, 180)]
    if (latitude === undefined || longitude === undefined) {
      this.wrong = 'That is no place on the map: latitude goes from −90 to 90, longitude from −180 to 180.'
      return
    }
    place.set({ line: this.line.trim(), latitude, longitude })
    this.#closed()
  }

  #closed() {
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value ?? ''
