import { css, html, LitElement, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'

export interface ToastOptions {
  tone?: 'neutral' | 'positive' | 'danger'
  /** A word to press, and what it does. */
  action?: { label: string; run: () => void }
  /** Milliseconds; 5 seconds where none is given, 10 with an action. While the pointer or the focus is on it, it stays. */
  duration?: number
}

interface Toast extends ToastOptions {
  id: number
  text: string
}

const icons = { neutral: 'info', positive: 'circle-check', danger: 'circle-alert' }

/** Holds the messages that come and go. Nobody writes it: toast() puts it on the page. */
@customElement('t-toaster')
export class TToaster extends LitElement {
  @state() private toasts: Toast[] = []
  #next = 1

  static override styles = css`
    :host { position: fixed; inset: auto 0 0; margin: 0 auto; border: 0; padding: var(--t-space-4); background: none; width: min(100%, 32rem); max-width: none; color: inherit; z-index: var(--t-layer-toast); overflow: visible; pointer-events: none; bottom: calc(var(--t-tabbar, 0px) + var(--t-toast-offset, 0px)); }
    .toast {
      pointer-events: auto; display: flex; align-items: center; gap: var(--t-space-3); margin-top: var(--t-space-2); padding: 0.75rem 0.75rem 0.75rem 1rem; border-radius: var(--t-radius-m);
      background: var(--t-inverse); color: var(--t-on-inverse); box-shadow: var(--t-shadow-3); font-size: var(--t-text-s); font-weight: var(--t-medium); animation: rise var(--t-normal) var(--t-ease);
    }
    .text { flex: 1; }
    .positive > t-icon { color: light-dark(#8ed8a6, #1a6a3e); }
    .danger > t-icon { color: light-dark(#ff9f90, #b0271b); }
    button { font: inherit; font-weight: var(--t-bold); color: inherit; background: none; border: 0; min-height: 2.25rem; min-width: 2.25rem; padding: 0 0.6em; border-radius: 8px; cursor: pointer; }
    .action { color: light-dark(#ffc445, #5f3f00); }
    button:focus-visible { outline: 3px solid currentColor; }
    @keyframes rise { from { transform: translateY(0.75rem); opacity: 0; } }
  `

  /** Returns what takes the message away before its time. */
  add(text: string, options: ToastOptions): () => void {
    const toast: Toast = { id: this.#next++, text, ...options }
    this.toasts = [...this.toasts.slice(-2), toast]
    this.#dropAfter(toast, options.duration ?? (options.action ? 10_000 : 5000))
    return () => this.#drop(toast)
  }

  override connectedCallback() {
    super.connectedCallback()
    this.popover = 'manual'
    this.role = 'region'
    this.ariaLabel = 'Messages'
  }

  override updated() {
    // Shown again each time, so that it lies above a dialog that was opened meanwhile.
    if (!this.isConnected || !this.showPopover) return
    if (this.matches(':popover-open')) this.hidePopover()
    if (this.toasts.length) this.showPopover()
  }

  override render() {
    return repeat(this.toasts, (toast) => toast.id, (toast) => html`<div class="toast ${toast.tone ?? 'neutral'}">
      <t-icon name=${icons[toast.tone ?? 'neutral']}></t-icon><span class="text">${toast.text}</span>
      ${toast.action ? html`<button class="action" @click=${() => { toast.action?.run(); this.#drop(toast) }}>${toast.action.label}</button>` : nothing}
      <button aria-label="Dismiss" @click=${() => this.#drop(toast)}><t-icon name="x"></t-icon></button></div>`)
  }

  #dropAfter(toast: Toast, milliseconds: number) {
    setTimeout(() => (this.matches(':hover, :focus-within') ? this.#dropAfter(toast, 1000) : this.#drop(toast)), milliseconds)
  }

  #drop(toast: Toast) {
    this.toasts = this.toasts.filter((other) => other !== toast)
  }
}

let toaster: TToaster | undefined

/**
 * Shows a passing message at the foot of the page and reads it out. Never the only place where something matters. Call
 * what it returns when the message no longer holds, such as an undo that has nothing left to undo.
 */
export function toast(text: string, options: ToastOptions = {}): () => void {
  if (!toaster?.isConnected) document.body.append((toaster = document.createElement('t-toaster') as TToaster))
  announce(text, options.tone === 'danger' ? 'assertive' : 'polite')
  return toaster.add(text, options)
}

const regions = new Map<string, HTMLElement>()

/** Reads a text out to those who use a screen reader, without showing it. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  let region = regions.get(urgency)
  if (!region?.isConnected) {
    region = document.createElement('t-announcer')
    region.setAttribute('aria-live', urgency)
    document.body.append(region)
    regions.set(urgency, region)
  }
  region.textContent = ''
  // A region must exist before it changes, or the change is not read.
  requestAnimationFrame(() => { if (region) region.textContent = text })
}

@customElement('t-announcer')
export class TAnnouncer extends LitElement {
  static override styles = css`:host { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`
  override render() {
    return html`<slot></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-toaster': TToaster; 't-announcer': TAnnouncer }
}
