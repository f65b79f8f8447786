import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/**
 * A surface. With `interactive` it lifts under the pointer; a link inside with the class `cover` (of `layout`) takes the
 * whole card: one tab stop and one name.
 */
@customElement('t-card')
export class TCard extends LitElement {
  @property({ type: Boolean, reflect: true }) interactive = false
  @property({ type: Boolean, reflect: true }) flush = false

  static override styles = [
    base,
    css`
      :host {
        position: relative; display: flex; flex-direction: column; min-width: 0; background: var(--t-surface); border-radius: var(--t-radius-l);
        box-shadow: var(--t-shadow-1); overflow: clip; transition: transform var(--t-normal) var(--t-ease), box-shadow var(--t-normal) var(--t-ease);
      }
      .body { display: flex; flex-direction: column; flex: 1; gap: var(--t-space-2); padding: var(--t-space-4) var(--t-space-4) var(--t-space-5); min-width: 0; }
      :host([flush]) .body { padding: 0; gap: 0; }
      ::slotted([slot='media']) { flex: none; }
      :host([interactive]:focus-within) { outline: 3px solid var(--t-focus); outline-offset: 2px; }
      @media (hover: hover) {
        :host([interactive]:hover) { transform: translateY(-3px); box-shadow: var(--t-shadow-2); }
      }
    `,
  ]

  override render() {
    return html`<slot name="media"></slot><div class="body"><slot></slot></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-card': TCard }
}
