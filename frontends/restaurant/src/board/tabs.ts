import { base } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'

export interface Tab {
  id: string
  label: string
  count: number
  /** Somebody has to look at it. */
  calls: boolean
}

/** Chooses the one column that a narrow screen has room for. Fires `tab-chosen` with detail {id}; what it shows is next to it. */
@customElement('restaurant-tabs')
export class RestaurantTabs extends LitElement {
  @property({ attribute: false }) tabs: Tab[] = []
  @property() chosen = ''

  static override styles = [base, css`
    div { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 4px; padding: 4px; border-radius: var(--t-radius-m); background: var(--t-sunken); }
    button { display: grid; justify-items: center; gap: 0.15rem; padding: var(--t-space-2) 0; border: 0; border-radius: 10px; background: none; cursor: pointer; font-size: var(--t-text-s); font-weight: var(--t-medium); line-height: 1.2; }
    button[aria-selected='true'] { background: var(--t-surface); box-shadow: var(--t-shadow-1); font-weight: var(--t-bold); }
    button:focus-visible { border-radius: 10px; }
    .count { min-width: 1.75em; padding: 0.15em 0.4em 0.05em; border-radius: 1em; font-size: var(--t-text-xs); font-weight: var(--t-black); line-height: 1.3; background: var(--t-line); }
    .calls { background: var(--t-brand); color: var(--t-on-brand); }
  `]

  override render() {
    return html`<div role="tablist" aria-label="Tickets by state" @keydown=${this.#keys}>${this.tabs.map(({ id, label, count, calls }) => html`<button role="tab" id=${id} tabindex=${id === this.chosen ? 0 : -1}
      aria-selected=${id === this.chosen ? 'true' : 'false'} @click=${() => this.#choose(id)}><span>${label}</span><span class="count ${calls ? 'calls' : ''}">${count}${calls ? html`<span class="visually-hidden"> to answer</span>` : nothing}</span></button>`)}</div>`
  }

  #keys(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const here = this.tabs.findIndex(({ id }) => id === this.chosen)
    const next = this.tabs[(here + step + this.tabs.length) % this.tabs.length]
    if (!next) return
    this.#choose(next.id)
    this.renderRoot.querySelector<HTMLElement>(`#${next.id}`)?.focus()
  }

  #choose(id: string) {
    this.dispatchEvent(new CustomEvent('tab-chosen', { detail: { id } }))
  }
}
