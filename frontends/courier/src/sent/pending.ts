import { base, formatTime, layout, Listen } from '@tiffin/kit'
import { outbox, outboxChanged, type Entry } from '@tiffin/kit/outbox'
import { css, html, LitElement, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { commandWords } from './commands.ts'

/** What is answered sooner than this is not worth a word. */
const soon = 1200

/** What was tapped and has not been answered, and what was refused: it stays until it was read. */
@customElement('courier-pending')
export class CourierPending extends LitElement {
  #timer: ReturnType<typeof setTimeout> | undefined

  static override styles = [base, layout, css`
    :host { display: block; }
    /* Out of the way while it is empty, but there: a region that appears with its text is not read out. */
    :host(:not([some])) { position: absolute; }
    .all { display: grid; gap: var(--t-space-2); }
    .block { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: start; gap: 0 var(--t-space-3); padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-neel-soft); }
    .block > t-icon { color: var(--t-neel); margin-top: 0.1em; }
    .block > div { min-width: 0; }
    .block > :nth-child(2):last-child { grid-column: 2 / -1; }
    .block li { display: flex; justify-content: space-between; gap: 0 var(--t-space-3); }
    .refused { background: var(--t-chilli-soft); align-items: center; }
    .refused > t-icon { color: var(--t-chilli); }
  `]

  constructor() {
    super()
    new Listen(this, outbox, outboxChanged)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render() {
    const { refused, trouble } = outbox
    const pending = outbox.pending.filter((entry) => trouble || Date.now() - entry.at >= soon)
    clearTimeout(this.#timer)
    if (pending.length < outbox.pending.length) this.#timer = setTimeout(() => this.requestUpdate(), soon)
    this.toggleAttribute('some', pending.length + refused.length > 0)
    return html`<div class="all" role="status">
      ${repeat(refused, (entry) => entry.id, (entry) => this.#refused(entry))}
      ${pending.length ? html`<div class="block"><t-icon name=${trouble ? 'wifi-off' : 'clock'}></t-icon><div><strong>${this.#wait()}</strong>
        <ul>${repeat(pending, (entry) => entry.id, (entry) => html`<li class="small"><span>${commandWords(entry)}</span><span class="quiet"><span class="visually-hidden">tapped at </span>${formatTime(entry.at)}</span></li>`)}</ul></div></div>` : nothing}
    </div>`
  }

  #wait(): string {
    const { trouble } = outbox
    if (!trouble) return 'Sending…'
    if (trouble.status === 401) return 'Kept until you sign in'
    return trouble.status === 0 ? 'Waiting for a connection' : 'Tiffin has trouble; we keep trying'
  }

  #refused(entry: Entry) {
    return html`<div class="block refused"><t-icon name="circle-alert"></t-icon>
      <div><strong>${commandWords(entry)}: this did not go through</strong><p class="small">${sentence(entry.refusal?.detail ?? '')}</p></div>
      <t-button round variant="quiet" label="Got it" @click=${() => void outbox.dismiss(entry)}><t-icon name="x"></t-icon></t-button></div>`
  }
}

const sentence = (text: string): string => (text ? text.charAt(0).toLocaleUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.') : '')
