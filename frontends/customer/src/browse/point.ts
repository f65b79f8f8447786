import { base, layout, needForms } from '@tiffin/kit'
import { css, html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { cityCentre, parseDegrees } from '../shared/place.ts'

export interface Point {
  latitude: number
  longitude: number
}

/** Where a place is: pressed on the map, told by the browser, or typed. Ask chosen() for the answer. */
@customElement('customer-point')
export class CustomerPoint extends LitElement {
  /** Where it starts; give it another object to start again. */
  @property({ attribute: false }) start: Point = cityCentre
  /** What the marker is called. */
  @property() name = ''
  @state() private latitude = ''
  @state() private longitude = ''
  @state() private wrong = ''

  static override styles = [base, layout, css`
    :host { display: block; }
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
    if (changed.has('start')) this.#show(this.start)
  }

  /** The point; undefined if what was typed is none, and then it says so. */
  chosen(): Point | undefined {
    const point = this.#point()
    this.wrong = point ? '' : 'That is no place on the map: latitude goes from −90 to 90, longitude from −180 to 180.'
    return point
  }

  #point(): Point | undefined {
    const [latitude, longitude] = [parseDegrees(this.latitude, 90), parseDegrees(this.longitude, 180)]
    return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
  }

  #show({ latitude, longitude }: Point) {
    this.latitude = String(latitude)
    this.longitude = String(longitude)
    this.wrong = ''
  }

  override render() {
    const point = this.#point()
    return html`<div class="stack">
      ${point ? html`<div>
        <t-map pick .markers=${[{ kind: 'home', ...point, label: this.name || 'Here' }]} @t-pick=${(event: CustomEvent<Point>) => this.#at(event.detail)}></t-map>
        <p class="quiet small">Press the map to move the point.</p></div>` : ''}
      <div class="row">
        ${'geolocation' in navigator ? html`<t-button size="s" @click=${this.#locate}><t-icon slot="start" name="map-pin"></t-icon>Use my position</t-button>` : ''}
        <t-button size="s" variant="quiet" @click=${() => this.#show(cityCentre)}>City centre</t-button>
      </div>
      <details ?open=${this.wrong !== ''}><summary>Type the coordinates</summary>
        <div class="two">
          <wa-input label="Latitude" inputmode="decimal" .value=${this.latitude} @input=${(event: Event) => (this.latitude = valueOf(event))}></wa-input>
          <wa-input label="Longitude" inputmode="decimal" .value=${this.longitude} @input=${(event: Event) => (this.longitude = valueOf(event))}></wa-input>
        </div>
      </details>
      <p class="wrong" role="alert">${this.wrong}</p>
    </div>`
  }

  // Five decimals are about a metre.
  #at({ latitude, longitude }: Point) {
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
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value ?? ''

declare global {
  interface HTMLElementTagNameMap { 'customer-point': CustomerPoint }
}
