import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

/**
 * A modal: a dialog in the middle of a desktop, a sheet from the foot of a phone. Set `open`; it fires `t-close` when the
 * person closes it (Escape, the cross, a press beside it) and has then set `open` to false itself.
 */
@customElement('t-sheet')
export class TSheet extends LitElement {
  @property({ type: Boolean, reflect: true }) open = false
  @property() heading = ''
  /** At the side of a desktop instead of in the middle. */
  @property({ type: Boolean, reflect: true }) side = false
  @query('dialog') private readonly dialog!: HTMLDialogElement

  static override styles = [
    base,
    css`
      :host { display: contents; }
      dialog {
        border: 0; padding: 0; margin: auto; width: min(34rem, calc(100vw - 2rem)); max-width: none; max-height: min(46rem, calc(100dvh - 2rem)); overflow: hidden; color: var(--t-ink);
        background: var(--t-raised); border-radius: var(--t-radius-l); box-shadow: var(--t-shadow-3); opacity: 0; translate: 0 1rem;
        transition: opacity var(--t-normal), translate var(--t-normal) var(--t-ease), display var(--t-normal) allow-discrete, overlay var(--t-normal) allow-discrete;
      }
      dialog[open] { display: flex; flex-direction: column; opacity: 1; translate: 0 0; }
      dialog::backdrop { background: var(--t-scrim); opacity: 0; transition: opacity var(--t-normal), display var(--t-normal) allow-discrete, overlay var(--t-normal) allow-discrete; }
      dialog[open]::backdrop { opacity: 1; }
      @starting-style { dialog[open] { opacity: 0; translate: 0 1rem; } dialog[open]::backdrop { opacity: 0; } }
      dialog:focus-visible { outline: none; }
      .head { display: flex; align-items: center; gap: var(--t-space-3); padding: var(--t-space-4) var(--t-space-4) var(--t-space-3) var(--t-space-5); }
      .head h2 { flex: 1; }
      .content { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: var(--t-space-1) var(--t-space-5) var(--t-space-5); }
      .foot { padding: var(--t-space-3) var(--t-space-5) var(--t-space-4); border-top: 1px solid var(--t-line); }
      .foot:not(.used) { display: none; }
      :host([side]) dialog { margin: 0 0 0 auto; height: 100dvh; max-height: none; width: min(28rem, 100vw); border-radius: var(--t-radius-l) 0 0 var(--t-radius-l); opacity: 1; translate: 100% 0; }
      :host([side]) dialog[open] { translate: 0 0; }
      @starting-style { :host([side]) dialog[open] { translate: 100% 0; } }
      @media (max-width: 40rem) {
        dialog, :host([side]) dialog { inset: auto 0 0; margin: 0; width: 100%; height: fit-content; max-height: calc(100dvh - 3rem); border-radius: var(--t-radius-l) var(--t-radius-l) 0 0; padding-bottom: env(safe-area-inset-bottom); opacity: 1; translate: 0 100%; }
        dialog[open], :host([side]) dialog[open] { translate: 0 0; }
        @starting-style { dialog[open], :host([side]) dialog[open] { translate: 0 100%; } }
        .head::before { content: ''; position: absolute; top: 0.5rem; left: calc(50% - 1.25rem); width: 2.5rem; height: 4px; border-radius: 2px; background: var(--t-line-strong); }
        .head { padding-top: var(--t-space-5); }
      }
    `,
  ]

  override updated(changed: Map<string, unknown>) {
    if (!changed.has('open')) return
    if (this.open && !this.dialog.open) this.dialog.showModal()
    else if (!this.open && this.dialog.open) this.dialog.close()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    if (this.dialog?.open) this.dialog.close()
  }

  override render() {
    return html`<dialog aria-label=${this.heading} @close=${this.#closed} @click=${this.#pressed}>
      <div class="head"><h2>${this.heading || nothing}</h2><t-button round variant="quiet" label="Close" @click=${() => this.dialog.close()}><t-icon name="x"></t-icon></t-button></div>
      <div class="content"><slot></slot></div>
      <div class="foot"><slot name="footer" @slotchange=${this.#filled}></slot></div>
    </dialog>`
  }

  #filled(event: Event) {
    const slot = event.target as HTMLSlotElement
    slot.parentElement?.classList.toggle('used', slot.assignedElements().length > 0)
  }

  #pressed(event: MouseEvent) {
    if (event.target === this.dialog) this.dialog.close()
  }

  #closed() {
    if (!this.open) return
    this.open = false
    this.dispatchEvent(new CustomEvent('t-close', { bubbles: true, composed: true }))
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-sheet': TSheet }
}
