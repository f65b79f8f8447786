import { base as pictures } from 'virtual:tiffin/dishes'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'

/** The address of a picture by the name that the API gives, such as "curry-rice". */
export const dishImage = (name: string): string => `${pictures}${encodeURIComponent(name)}.svg`

const tints = ['turmeric', 'chilli', 'leaf', 'neel', 'beet', 'saffron']

/** A stable choice for a name, so that a dish keeps its colour everywhere. */
export function tintOf(name: string): string {
  let hash = 7
  for (const char of name) hash = (hash * 31 + char.charCodeAt(0)) >>> 0
  return tints[hash % tints.length] as string
}

/**
 * A dish on its steel plate, on a ground in one of the spices. The picture is decoration unless alt says something, and
 * an unknown name leaves an empty plate. Size it by width (and --t-dish-ratio, 1 by default).
 */
@customElement('t-dish')
export class TDish extends LitElement {
  @property() name = ''
  @property() alt = ''
  /** Overrides the ground that the name would choose. */
  @property({ reflect: true }) tint = ''
  @property({ type: Boolean, reflect: true }) round = false
  @state() private missing = false

  static override styles = css`
    :host { display: grid; place-items: center; position: relative; aspect-ratio: var(--t-dish-ratio, 1); width: 100%; overflow: clip; container-type: size; border-radius: var(--t-dish-radius, var(--t-radius-m)); }
    :host([round]) { border-radius: 50%; }
    .ground { position: absolute; inset: 0; background: var(--soft); }
    .ground::before, .ground::after { content: ''; position: absolute; border-radius: 50%; border: max(1px, 0.8cqmin) solid var(--strong); opacity: 0.13; }
    .ground::before { width: 150cqmin; aspect-ratio: 1; left: calc(50cqw - 75cqmin); top: calc(50cqh - 75cqmin); }
    .ground::after { width: 112cqmin; aspect-ratio: 1; left: calc(50cqw - 56cqmin); top: calc(50cqh - 56cqmin); }
    .plate {
      grid-area: 1 / 1; position: relative; width: 80cqmin; aspect-ratio: 1; border-radius: 50%;
      background: radial-gradient(circle at 50% 45%, light-dark(#fff, #3a3f39) 0 55%, light-dark(#e9ece7, #2e322d) 56% 62%, light-dark(#fbfcfa, #474d45) 63% 92%, light-dark(#dfe3dc, #2a2e29) 93%);
      box-shadow: 0 2.5cqmin 5cqmin -1.5cqmin light-dark(rgb(28 27 22 / 0.35), rgb(0 0 0 / 0.7));
    }
    img { grid-area: 1 / 1; position: relative; width: 52cqmin; height: 52cqmin; filter: drop-shadow(0 1.2cqmin 1cqmin rgb(0 0 0 / 0.18)); transition: scale var(--t-normal) var(--t-spring); }
    :host(.lift) img { scale: 1.08; }
    .turmeric { --soft: light-dark(#ffe2a0, #463409); --strong: var(--t-saffron); }
    .chilli { --soft: light-dark(#fcd2c8, #4b241d); --strong: var(--t-chilli); }
    .leaf { --soft: light-dark(#cbe8d2, #1b3c29); --strong: var(--t-leaf); }
    .neel { --soft: light-dark(#d2dff8, #213256); --strong: var(--t-neel); }
    .beet { --soft: light-dark(#f6d2e4, #491c35); --strong: var(--t-beet); }
    .saffron { --soft: light-dark(#ffd7b3, #4a2c11); --strong: var(--t-saffron); }
  `

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('name')) this.missing = false
  }

  override render() {
    const picture = this.name && !this.missing
    return html`<div class="ground ${this.tint || tintOf(this.name)}"></div><div class="plate"></div>
      ${picture ? html`<img src=${dishImage(this.name)} alt=${this.alt} loading="lazy" decoding="async" @error=${() => (this.missing = true)} />` : this.alt ? html`<span role="img" aria-label=${this.alt}></span>` : nothing}`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-dish': TDish }
}
