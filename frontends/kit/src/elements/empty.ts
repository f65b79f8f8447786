import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/** Nothing here, said kindly, with what to do next in the slot `actions`, and in `picture` something else than the dish. */
@customElement('t-empty')
export class TEmpty extends LitElement {
  @property() heading = ''
  @property() dish = 'takeout-box'
  /** The heading's level on the page. */
  @property({ type: Number }) level = 2

  static override styles = [
    base,
    css`
      :host { display: grid; justify-items: center; gap: var(--t-space-3); padding: var(--t-space-7) var(--t-space-4); text-align: center; }
      t-dish { width: clamp(9rem, 24vw, 12rem); margin-bottom: var(--t-space-3); }
      .heading { font-size: var(--t-text-xl); font-weight: var(--t-black); line-height: 1.15; letter-spacing: -0.01em; text-wrap: balance; }
      .text { max-width: 34rem; color: var(--t-ink-2); text-wrap: pretty; }
      .actions { display: flex; flex-wrap: wrap; justify-content: center; gap: var(--t-space-3); margin-top: var(--t-space-3); }
    `,
  ]

  override render() {
    return html`<slot name="picture">${this.dish ? html`<t-dish round name=${this.dish}></t-dish>` : nothing}</slot>
      <div class="heading" role="heading" aria-level=${this.level}>${this.heading}</div>
      <div class="text"><slot></slot></div><div class="actions"><slot name="actions"></slot></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-empty': TEmpty }
}
