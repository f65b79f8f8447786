import { css, html, LitElement, nothing, svg } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { cityIn, fromPlane, toPlane, wayBetween, type City, type Point } from '../map/city.ts'
import { fit, onPlane, onScreen, seen, shows, type Frame } from '../map/frame.ts'

export interface MapMarker {
  kind: 'home' | 'restaurant' | 'courier'
  latitude: number
  longitude: number
  /** What it is called, such as the restaurant's name. */
  label?: string | undefined
}

// Pixels a metre: below it streets drawn at full width run into each other.
const far = 0.15

// Pixels: half of the longest name.
const halfName = 88

const glyphs = { home: 'house', restaurant: 'utensils', courier: 'bike' }

/**
 * A picture of the town with markers, fitted to them. `route` draws the way from the restaurant to home. With `pick` a press
 * on it fires `t-pick` with detail {latitude, longitude}; it is for the pointer only, so offer another way beside it.
 */
@customElement('t-map')
export class TMap extends LitElement {
  @property({ attribute: false }) markers: MapMarker[] = []
  @property({ type: Boolean }) route = false
  @property({ type: Boolean, reflect: true }) pick = false
  /** What the picture shows; made of the markers' labels if there is none. */
  @property() label = ''
  @state() private size = { width: 0, height: 0 }
  #city: { key: string; paths: City } | undefined
  #frame: Frame | undefined
  readonly #watch = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {}
    this.size = { width: Math.round(width), height: Math.round(height) }
  })

  static override styles = css`
    :host {
      display: block; position: relative; overflow: hidden; min-height: 10rem; border-radius: var(--t-radius-l); isolation: isolate;
      --land: light-dark(#eceee7, #1b1f1c); --road: light-dark(#ffffff, #2f352f); --edge: light-dark(#d6dacf, #111411); --green: light-dark(#cfe6c4, #1f3827); --water: light-dark(#b9d8ee, #16303f);
      background: var(--land);
    }
    :host([pick]) { cursor: crosshair; }
    svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
    path { fill: none; stroke-linecap: round; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
    .park { fill: var(--green); stroke: none; }
    .river { stroke: var(--water); vector-effect: none; stroke-width: 150; }
    .street { stroke: var(--road); stroke-width: 3.5; }
    .edge { stroke: var(--edge); stroke-width: 11; }
    .avenue { stroke: var(--road); stroke-width: 8.5; }
    .far .street { stroke-width: 1; }
    .far .edge { stroke-width: 5.5; }
    .far .avenue { stroke-width: 4; }
    .way { stroke: var(--t-on-brand); stroke-width: 9; opacity: 0.9; }
    .way.inner { stroke: var(--t-brand); stroke-width: 5; opacity: 1; }
    .marker { position: absolute; left: 0; top: 0; display: grid; justify-items: center; }
    .marker.courier { transition: transform var(--t-map-glide, 900ms) linear; }
    .marker.home, .marker.restaurant { z-index: 1; }
    .marker.courier { z-index: 2; }
    .pin { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; margin: -1.375rem; font-size: 1.125rem; border-radius: 50%; box-shadow: 0 0 0 3px light-dark(#fff, #131512), 0 6px 14px rgb(0 0 0 / 0.35); background: var(--t-inverse); color: var(--t-on-inverse); }
    .restaurant .pin { background: #b0271b; color: #fff; }
    .courier .pin { background: var(--t-brand); color: var(--t-on-brand); }
    .name { position: absolute; top: 1.75rem; max-width: 11rem; padding: 0.1em 0.6em; border-radius: var(--t-radius-pill); background: var(--t-raised); color: var(--t-ink); box-shadow: var(--t-shadow-1); font-size: var(--t-text-xs); font-weight: var(--t-bold); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .first .name { left: -1.375rem; }
    .last .name { right: -1.375rem; }
    @media (prefers-reduced-motion: reduce) { .marker.courier { transition: none; } }
  `

  constructor() {
    super()
    this.addEventListener('click', (event) => this.#pressed(event))
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#watch.observe(this)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#watch.disconnect()
  }

  override render() {
    const { width, height } = this.size
    const placed = this.markers.filter((marker) => Number.isFinite(marker.latitude) && Number.isFinite(marker.longitude))
    if (!width || !height || !placed.length) return nothing
    const at = new Map(placed.map((marker) => [marker, toPlane(marker.latitude, marker.longitude)]))
    // The courier moves: the picture is fitted to what stays, as long as the courier is in it.
    const all = [...at.values()]
    const fixed = placed.filter((marker) => marker.kind !== 'courier').map((marker) => at.get(marker) as Point)
    const still = fit(fixed, width, height)
    const frame = (this.#frame = fixed.length > 1 && all.every((point) => shows(still, point)) ? still : fit(all, width, height))
    return html`${this.#picture(frame, this.#way(at))}
      ${repeat(placed, (marker, index) => marker.kind + index, (marker) => this.#pin(marker, onScreen(frame, at.get(marker) as Point)))}`
  }

  #picture(frame: Frame, way: Point[]) {
    const { centre, scale, width, height } = frame
    const key = [centre.x, centre.y, scale, width, height].map(Math.round).join() + scale
    if (this.#city?.key !== key) this.#city = { key, paths: cityIn(seen(frame)) }
    const { parks, river, streets, avenues } = this.#city.paths
    const path = way.map((point, index) => `${index ? 'L' : 'M'}${point.x} ${point.y}`).join('')
    return html`<svg role="img" aria-label=${this.label || this.#words()} viewBox="0 0 ${width} ${height}">
      <g class=${scale < far ? 'far' : ''} transform="translate(${width / 2} ${height / 2}) scale(${scale} ${-scale}) translate(${-centre.x} ${-centre.y})">
        <path class="park" d=${parks} /><path class="river" d=${river} /><path class="street" d=${streets} /><path class="edge" d=${avenues} /><path class="avenue" d=${avenues} />
        ${path ? svg`<path class="way" d=${path} /><path class="way inner" d=${path} />` : nothing}
      </g></svg>`
  }

  #pin(marker: MapMarker, { x, y }: Point) {
    // A name in the middle below its pin would stick out of the picture here.
    const side = x < halfName ? 'first' : x > this.size.width - halfName ? 'last' : ''
    return html`<div class="marker ${marker.kind} ${side}" aria-hidden="true" .style=${`transform: translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`}>
      <div class="pin"><t-icon name=${glyphs[marker.kind]}></t-icon></div>${marker.label ? html`<div class="name">${marker.label}</div>` : nothing}</div>`
  }

  #pressed(event: MouseEvent) {
    if (!this.pick || !this.#frame) return
    const { left, top } = this.getBoundingClientRect()
    const detail = fromPlane(onPlane(this.#frame, { x: event.clientX - left, y: event.clientY - top }))
    this.dispatchEvent(new CustomEvent('t-pick', { detail, bubbles: true, composed: true }))
  }

  #way(at: Map<MapMarker, Point>): Point[] {
    const find = (kind: MapMarker['kind']) => [...at].find(([marker]) => marker.kind === kind)?.[1]
    const [from, to] = [find('restaurant'), find('home')]
    return this.route && from && to ? wayBetween(from, to) : []
  }

  #words(): string {
    return `Map: ${this.markers.map((marker) => marker.label || marker.kind).join(', ')}`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-map': TMap }
}
