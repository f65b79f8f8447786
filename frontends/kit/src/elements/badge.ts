import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'

export type Tone = 'neutral' | 'brand' | 'positive' | 'warning' | 'danger' | 'info'

/** A short status in words; the colour only repeats them. */
@customElement('t-badge')
export class TBadge extends LitElement {
  @property({ reflect: true }) tone: Tone = 'neutral'
  @property() icon = ''

  static override styles = css`
    :host {
      display: inline-flex; align-items: center; gap: 0.35em; padding: 0.24em 0.7em 0.2em; border-radius: var(--t-radius-pill); white-space: nowrap;
      font-size: var(--t-text-xs); font-weight: var(--t-bold); line-height: 1.3; background: var(--t-sunken); color: var(--t-ink-2);
    }
    :host([tone='brand']) { background: var(--t-brand-soft); color: var(--t-on-brand-soft); }
    :host([tone='positive']) { background: var(--t-leaf-soft); color: var(--t-leaf); }
    :host([tone='warning']) { background: var(--t-saffron-soft); color: var(--t-saffron); }
    :host([tone='danger']) { background: var(--t-chilli-soft); color: var(--t-chilli); }
    :host([tone='info']) { background: var(--t-neel-soft); color: var(--t-neel); }
    t-icon { font-size: 1em; }
  `

  override render() {
    return html`${this.icon ? html`<t-icon name=${this.icon}></t-icon>` : nothing}<slot></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-badge': TBadge }
}
