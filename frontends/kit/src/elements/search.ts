import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { base } from '../styles/base.ts'

/** A search field. Fires `t-search` with detail {value}: a moment after the last key, and at once on Enter and on clear. */
@customElement('t-search')
export class TSearch extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }

  @property() value = ''
  @property() label = 'Search'
  @property() placeholder = ''
  @property({ type: Number }) delay = 250
  @query('input') private readonly input!: HTMLInputElement
  #timer: ReturnType<typeof setTimeout> | undefined
  #last: string | undefined

  static override styles = [
    base,
    css`
      :host { display: block; }
      .field { display: flex; align-items: center; gap: var(--t-space-2); padding-inline: var(--t-space-4) var(--t-space-2); height: 3.375rem; border-radius: var(--t-radius-m); background: var(--t-surface); box-shadow: inset 0 0 0 1.5px var(--t-line-strong); }
      .field:focus-within { outline: 3px solid var(--t-focus); outline-offset: 1px; }
      input { flex: 1; min-width: 0; height: 100%; border: 0; background: none; color: var(--t-ink); font: inherit; font-size: max(1rem, var(--t-text-m)); outline: none; appearance: none; }
      input:focus-visible { outline: none; }
      input::placeholder { color: var(--t-ink-2); opacity: 1; }
      input::-webkit-search-cancel-button { display: none; }
      t-icon { color: var(--t-ink-2); }
    `,
  ]

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render() {
    return html`<form class="field" role="search" aria-label=${this.label} @submit=${(event: Event) => { event.preventDefault(); this.#fire() }}>
      <t-icon name="search"></t-icon>
      <input type="search" enterkeyhint="search" autocomplete="off" spellcheck="false" aria-label=${this.label} placeholder=${this.placeholder} .value=${live(this.value)} @input=${this.#typed} />
      ${this.value ? html`<t-button round size="s" variant="quiet" label="Clear" @click=${this.#clear}><t-icon name="x"></t-icon></t-button>` : nothing}
    </form>`
  }

  #typed() {
    this.value = this.input.value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fire(), this.delay)
  }

  #clear() {
    this.value = ''
    this.input.focus()
    this.#fire()
  }

  #fire() {
    clearTimeout(this.#timer)
    if (this.value === this.#last) return
    this.#last = this.value
    this.dispatchEvent(new CustomEvent('t-search', { detail: { value: this.value }, bubbles: true, composed: true }))
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-search': TSearch }
}
