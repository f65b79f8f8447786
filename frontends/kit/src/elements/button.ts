import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/** The one way to press something. With href it is a link. */
@customElement('t-button')
export class TButton extends LitElement {
  static formAssociated = true
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }

  @property({ reflect: true }) variant: 'primary' | 'secondary' | 'quiet' | 'danger' = 'secondary'
  @property({ reflect: true }) size: 's' | 'm' | 'l' = 'm'
  @property({ type: Boolean, reflect: true }) disabled = false
  @property({ type: Boolean, reflect: true }) loading = false
  @property({ type: Boolean, reflect: true }) full = false
  /** Only an icon inside: square, and label is what it is called. */
  @property({ type: Boolean, reflect: true }) round = false
  @property() label = ''
  @property() href = ''
  @property() type: 'button' | 'submit' = 'button'

  readonly #internals = this.attachInternals()

  static override styles = [
    base,
    css`
      :host { display: inline-flex; vertical-align: middle; }
      :host([full]) { display: flex; }
      :host([disabled]), :host([loading]) { pointer-events: none; }
      .press {
        position: relative; display: inline-flex; align-items: center; justify-content: center; gap: 0.5em; width: 100%;
        min-height: var(--t-target); padding: 0.5em 1.15em; border: 0; border-radius: var(--t-radius-m); cursor: pointer;
        font: inherit; font-size: var(--t-text-m); font-weight: var(--t-bold); line-height: 1.2; text-align: center; text-decoration: none; color: var(--t-ink);
        background: var(--t-surface); box-shadow: inset 0 0 0 1.5px var(--t-line-strong);
        transition: background var(--t-fast), transform var(--t-fast) var(--t-ease), box-shadow var(--t-fast);
        -webkit-tap-highlight-color: transparent; user-select: none;
      }
      .press:hover { background: var(--t-sunken); }
      .press:active { transform: translateY(1px); }
      .press:focus-visible { border-radius: var(--t-radius-m); }
      :host([size='s']) .press { min-height: 2.25rem; padding: 0.3em 0.8em; font-size: var(--t-text-s); border-radius: 10px; }
      :host([size='l']) .press { min-height: 3.375rem; padding: 0.6em 1.5em; font-size: 1.1875rem; border-radius: 16px; }
      :host([round]) .press { width: var(--t-target); padding: 0; border-radius: var(--t-radius-pill); }
      :host([round][size='s']) .press { width: 2.25rem; }

      :host([variant='primary']) .press { color: var(--t-on-brand); background: var(--t-brand); box-shadow: inset 0 -3px 0 var(--t-brand-deep); }
      :host([variant='primary']) .press:hover { background: var(--t-brand-hover); }
      :host([variant='primary']) .press:active { box-shadow: inset 0 -1px 0 var(--t-brand-deep); transform: translateY(2px); }
      :host([variant='quiet']) .press { background: transparent; box-shadow: none; }
      :host([variant='quiet']) .press:hover { background: light-dark(rgb(28 27 22 / 0.07), rgb(255 255 255 / 0.09)); }
      :host([variant='danger']) .press { color: #fff; background: var(--t-chilli-fill); box-shadow: inset 0 -3px 0 rgb(0 0 0 / 0.25); }
      :host([variant='danger']) .press:hover { filter: brightness(1.08); }
      :host([disabled]) .press { color: var(--t-ink-2); background: var(--t-sunken); box-shadow: none; cursor: not-allowed; }

      .dots { display: none; position: absolute; gap: 0.3em; }
      .dots i { width: 0.45em; height: 0.45em; border-radius: 50%; background: currentColor; animation: hop 900ms infinite var(--t-ease); }
      .dots i:nth-child(2) { animation-delay: 120ms; }
      .dots i:nth-child(3) { animation-delay: 240ms; }
      :host([loading]) .dots { display: inline-flex; }
      :host([loading]) slot { visibility: hidden; }
      @keyframes hop { 40% { transform: translateY(-0.35em); } 80%, 100% { transform: none; } }
      @media (prefers-reduced-motion: reduce) { .dots i { animation: none; } }
    `,
  ]

  override render() {
    const inside = html`<slot name="start"></slot><slot></slot><slot name="end"></slot><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>`
    const label = this.label || nothing
    if (this.href && !this.disabled) return html`<a class="press" part="press" href=${this.href} aria-label=${label}>${inside}</a>`
    return html`<button class="press" part="press" type="button" ?disabled=${this.disabled} aria-disabled=${this.loading ? 'true' : nothing}
      aria-busy=${this.loading ? 'true' : nothing} aria-label=${label} @click=${this.#press}>${inside}</button>`
  }

  #press(event: Event) {
    if (this.loading) return event.stopImmediatePropagation()
    if (this.type === 'submit') this.#internals.form?.requestSubmit()
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-button': TButton }
}
