import { css, html, LitElement, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/**
 * Progress as a tiffin being packed: a tier for every step, from the bottom up. Tiers that are done are painted, the one
 * in work settles into place, and the lid goes on at the end.
 */
@customElement('t-stack')
export class TStack extends LitElement {
  @property({ type: Number }) steps = 4
  @property({ type: Number }) done = 0
  @property({ type: Boolean, reflect: true }) failed = false
  @property() label = ''

  static override styles = css`
    :host { display: inline-block; width: 8rem; color: var(--t-ink); }
    svg { width: 100%; height: auto; display: block; overflow: visible; }
    .tier { fill: var(--t-sunken); stroke: var(--t-line-strong); stroke-width: 1; stroke-dasharray: 3 3; transition: fill var(--t-slow), translate var(--t-slow) var(--t-spring); }
    .tier.done { stroke: none; }
    .tier.now { stroke: none; animation: settle 2.2s infinite var(--t-ease); }
    .spice-0:is(.done, .now) { fill: #2c8a57; }
    .spice-1:is(.done, .now) { fill: #e4532f; }
    .spice-2:is(.done, .now) { fill: #ffb61e; }
    .spice-3:is(.done, .now) { fill: light-dark(#8b1d5b, #c2548f); }
    .spice-4:is(.done, .now) { fill: light-dark(#254e9a, #6f97e8); }
    .lid { fill: currentColor; translate: 0 -7px; opacity: 0.28; transition: translate var(--t-slow) var(--t-spring), opacity var(--t-slow); }
    .handle { stroke: currentColor; fill: none; stroke-width: 4.5; stroke-linecap: round; }
    .lid.on { translate: 0 0; opacity: 1; }
    :host([failed]) .tier.done.done { fill: var(--t-line-strong); }
    :host([failed]) .tier.now.now { animation: none; fill: var(--t-chilli-fill); }
    @keyframes settle { 0%, 100% { translate: 0 -5px; } 45%, 70% { translate: 0 0; } }
    @media (prefers-reduced-motion: reduce) { .tier.now { animation: none; } }
  `

  override render() {
    const height = 18
    const gap = 2
    const foot = 26 + this.steps * (height + gap)
    const complete = this.done >= this.steps && !this.failed
    const tiers = Array.from({ length: this.steps }, (_, index) => {
      const y = foot - (index + 1) * (height + gap)
      const state = index < this.done ? 'done' : index === this.done ? 'now' : ''
      return svg`<g><rect class="tier ${state} spice-${index % 5}" x="8" y=${y} width="84" height=${height} rx=${index === 0 ? 8 : 5}></rect></g>`
    })
    return html`<svg viewBox="0 0 100 ${foot + 4}" role="img" aria-label=${this.label || `${Math.min(this.done, this.steps)} of ${this.steps} steps done`}>
      ${tiers}<g class="lid ${complete ? 'on' : ''}"><path class="handle" d="M34 14V9a16 8 0 0 1 32 0v5" /><path d="M14 24c0-6 5-10 12-10h48c7 0 12 4 12 10z" /></g></svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-stack': TStack }
}
