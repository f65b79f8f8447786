import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/** The stacked lunch box, painted like those that cross Mumbai every noon; with the word beside it unless `mark`. */
@customElement('t-logo')
export class TLogo extends LitElement {
  @property({ type: Boolean, reflect: true }) mark = false

  static override styles = css`
    :host { display: inline-flex; align-items: center; gap: 0.34em; font-size: 1.75rem; line-height: 1; color: var(--t-ink); }
    svg { height: 1.3em; width: auto; flex: none; overflow: visible; }
    .word { font-weight: 800; letter-spacing: -0.035em; padding-top: 0.12em; }
    .steel { stroke: currentColor; fill: none; stroke-width: 2.4; stroke-linecap: round; }
    .lid { fill: currentColor; }
    .tier { transition: translate var(--t-slow) var(--t-spring); }
    @media (hover: hover) {
      :host(:hover) .one { translate: 0 -1.6px; }
      :host(:hover) .top { translate: 0 -3px; }
    }
  `

  override render() {
    return html`<svg viewBox="0 0 28 34" aria-hidden="true">
        <g class="tier top"><path class="steel" d="M9 8.6V6.4a5 5 0 0 1 10 0v2.2" /><path class="lid" d="M4.6 12.600c0-2.4 1.9-4 4.3-4h10.200c2.4 0 4.3 1.6 4.3 4z" /></g>
        <rect class="tier one" x="3" y="13.4" width="22" height="5.7" rx="2.2" fill="#ffb61e" />
        <rect class="tier" x="3" y="20" width="22" height="5.7" rx="2.2" fill="#e4532f" />
        <path class="tier" d="M3 28.200c0-1 .8-1.6 1.7-1.600h18.600c.9 0 1.7.6 1.7 1.6 0 2.8-2 5.2-4.8 5.200H7.800C5 33.4 3 31 3 28.200z" fill="#2c8a57" />
      </svg>${this.mark ? nothing : html`<span class="word">Tiffin</span>`}`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-logo': TLogo }
}
