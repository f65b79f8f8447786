import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formatTime } from '../format/time.ts'

const banner = css`
  .banner {
    display: flex; align-items: center; gap: var(--t-space-3); padding: 0.6rem var(--t-space-4); border-radius: var(--t-radius-m);
    font-size: var(--t-text-s); font-weight: var(--t-medium); background: var(--t-saffron-soft); color: var(--t-saffron);
  }
  .text { flex: 1; }
`

/** What is shown may be behind. `since` is when it was last known to be current. Fires `t-retry`, if `retry`. */
@customElement('t-stale')
export class TStale extends LitElement {
  @property({ attribute: false }) since: Date | string | undefined
  @property({ type: Boolean }) retry = false

  static override styles = [banner, css`:host { display: block; }`]

  override render() {
    return html`<div class="banner" role="status"><t-icon name="history"></t-icon>
      <span class="text">${this.since ? `Showing what we had at ${formatTime(this.since)}.` : 'Showing what we had a moment ago.'} Catching up…</span>
      ${this.retry ? html`<t-button size="s" variant="quiet" @click=${() => this.dispatchEvent(new CustomEvent('t-retry', { bubbles: true, composed: true }))}>Refresh</t-button>` : nothing}</div>`
  }
}

/** Says that the browser is offline, while it is. The shell has one. */
@customElement('t-offline')
export class TOffline extends LitElement {
  @state() private offline = !navigator.onLine

  static override styles = [banner, css`:host { display: block; } .banner { border-radius: 0; justify-content: center; } .text { flex: none; max-width: calc(100% - 3rem); }`]

  readonly #update = () => (this.offline = !navigator.onLine)

  override connectedCallback() {
    super.connectedCallback()
    addEventListener('online', this.#update)
    addEventListener('offline', this.#update)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    removeEventListener('online', this.#update)
    removeEventListener('offline', this.#update)
  }

  override render() {
    return html`<div role="status">${this.offline ? html`<div class="banner"><t-icon name="wifi-off"></t-icon><span class="text">You’re offline. What you see may be old; we catch up when you’re back.</span></div>` : nothing}</div>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-stale': TStale; 't-offline': TOffline }
}
