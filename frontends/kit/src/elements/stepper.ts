import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/** How many of something. Fires `t-change` with detail {value}; label names what is counted. */
@customElement('t-stepper')
export class TStepper extends LitElement {
  @property({ type: Number, reflect: true }) value = 1
  @property({ type: Number }) min = 1
  @property({ type: Number }) max = 99
  @property() label = ''
  @property({ reflect: true }) size: 's' | 'm' = 'm'
  /** The step below 1 takes the thing away: min is 0, and the button shows a bin. */
  @property({ type: Boolean }) removable = false

  static override styles = [
    base,
    css`
      :host { display: inline-flex; }
      .box { display: inline-flex; align-items: center; border-radius: var(--t-radius-pill); background: var(--t-surface); box-shadow: inset 0 0 0 1.5px var(--t-line-strong); }
      button {
        display: grid; place-items: center; width: var(--t-target); height: var(--t-target); border: 0; background: none; border-radius: var(--t-radius-pill); cursor: pointer;
        transition: background var(--t-fast);
      }
      button:hover:not(:disabled) { background: var(--t-sunken); }
      button:focus-visible { border-radius: var(--t-radius-pill); outline-offset: -3px; }
      button:disabled { color: var(--t-line-strong); cursor: not-allowed; }
      output { min-width: 1.6em; text-align: center; font-weight: var(--t-bold); font-variant-numeric: tabular-nums; }
      :host([size='s']) button { width: 2.25rem; height: 2.25rem; font-size: var(--t-text-s); }
    `,
  ]

  override render() {
    const lowest = this.removable ? 0 : this.min
    const removes = this.removable && this.value <= 1
    return html`<div class="box" role="group" aria-label=${this.label || 'Quantity'}>
      <button type="button" ?disabled=${this.value <= lowest} @click=${() => this.#to(this.value - 1)} aria-label=${removes ? `Remove ${this.label}`.trim() : `One less ${this.label}`.trim()}>
        <t-icon name=${removes ? 'trash-2' : 'minus'}></t-icon>
      </button>
      <output aria-live="polite">${this.value}</output>
      <button type="button" ?disabled=${this.value >= this.max} @click=${() => this.#to(this.value + 1)} aria-label=${`One more ${this.label}`.trim()}><t-icon name="plus"></t-icon></button>
    </div>`
  }

  #to(value: number) {
    this.value = Math.min(this.max, Math.max(this.removable ? 0 : this.min, value))
    this.dispatchEvent(new CustomEvent('t-change', { detail: { value: this.value }, bubbles: true, composed: true }))
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-stepper': TStepper }
}
