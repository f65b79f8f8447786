import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/** A choice that is on or off, as a filter. It does not flip itself: whoever owns the state listens to click. */
@customElement('t-chip')
export class TChip extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }

  @property({ type: Boolean, reflect: true }) selected = false
  @property({ type: Boolean, reflect: true }) disabled = false
  @property() icon = ''
  @property({ type: Number }) count: number | undefined

  static override styles = [
    base,
    css`
      :host { display: inline-flex; flex: none; }
      :host([disabled]) { pointer-events: none; }
      button {
        display: inline-flex; align-items: center; gap: 0.45em; min-height: 2.5rem; padding: 0.3em 1em; cursor: pointer; white-space: nowrap;
        border: 0; border-radius: var(--t-radius-pill); background: var(--t-surface); color: var(--t-ink); box-shadow: var(--t-shadow-1);
        font-size: var(--t-text-s); font-weight: var(--t-medium); transition: background var(--t-fast), color var(--t-fast);
      }
      button:hover { background: var(--t-sunken); }
      button:focus-visible { border-radius: var(--t-radius-pill); }
      :host([selected]) button { background: var(--t-inverse); color: var(--t-on-inverse); box-shadow: none; }
      :host([disabled]) button { color: var(--t-ink-2); background: var(--t-sunken); box-shadow: none; }
      .count { color: var(--t-ink-2); font-variant-numeric: tabular-nums; }
      :host([selected]) .count { color: inherit; opacity: 0.85; }
      t-icon { font-size: 1.05em; }
    `,
  ]

  override render() {
    return html`<button type="button" ?disabled=${this.disabled} aria-pressed=${this.selected ? 'true' : 'false'}>
      ${this.icon ? html`<t-icon name=${this.icon}></t-icon>` : nothing}<slot></slot>
      ${this.count === undefined ? nothing : html`<span class="count">${this.count}</span>`}
    </button>`
  }
}

/** One line of chips that scrolls sideways on a phone; label says what the group chooses. */
@customElement('t-chips')
export class TChips extends LitElement {
  @property() label = ''
  @property({ type: Boolean, reflect: true }) wrap = false

  static override styles = css`
    :host { display: block; min-width: 0; }
    div { display: flex; gap: var(--t-space-2); overflow-x: auto; scrollbar-width: none; padding: 4px; margin: -4px; scroll-snap-type: x proximity; scroll-padding-inline: 4px; }
    :host([wrap]) div { flex-wrap: wrap; overflow: visible; }
    ::slotted(*) { scroll-snap-align: start; }
  `

  override render() {
    return html`<div role="group" aria-label=${this.label}><slot></slot></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-chip': TChip; 't-chips': TChips }
}
