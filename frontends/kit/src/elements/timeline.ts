import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { formatTime } from '../format/time.ts'
import { base } from '../styles/base.ts'

export interface TimelineStep {
  label: string
  state: 'done' | 'current' | 'upcoming' | 'failed'
  /** RFC 3339; shown as a clock time. */
  time?: string | undefined
  note?: string | undefined
}

const words = { done: 'done', current: 'now', upcoming: 'still to come', failed: 'stopped here' }

/** What happened, what is going on and what comes next, top to bottom. */
@customElement('t-timeline')
export class TTimeline extends LitElement {
  @property({ attribute: false }) steps: TimelineStep[] = []
  @property() label = 'Progress'

  static override styles = [
    base,
    css`
      :host { display: block; }
      li { position: relative; display: grid; grid-template-columns: 1.75rem 1fr auto; gap: 0 var(--t-space-3); padding-bottom: var(--t-space-5); }
      li:last-child { padding-bottom: 0; }
      li:not(:last-child)::before { content: ''; position: absolute; left: calc(0.875rem - 1.5px); top: 1.75rem; bottom: 0; width: 3px; background: var(--t-line); }
      li.done:not(:last-child)::before { background: var(--t-ink); }
      .mark { grid-row: span 2; display: grid; place-items: center; width: 1.75rem; height: 1.75rem; border-radius: 50%; box-shadow: inset 0 0 0 2.5px var(--t-line-strong); font-size: 0.8125rem; }
      .done .mark { background: var(--t-inverse); color: var(--t-on-inverse); box-shadow: none; }
      .failed .mark { background: var(--t-chilli-fill); color: #fff; box-shadow: none; }
      .current .mark { background: var(--t-brand); color: var(--t-on-brand); box-shadow: 0 0 0 5px var(--t-brand-soft); }
      .current .mark i { width: 0.6rem; height: 0.6rem; border-radius: 50%; background: currentColor; animation: beat 1.6s infinite var(--t-ease); }
      .label { font-weight: var(--t-medium); align-self: center; }
      .current .label { font-weight: var(--t-black); font-size: var(--t-text-l); line-height: 1.4; }
      .upcoming .label { color: var(--t-ink-2); }
      .failed .label { color: var(--t-chilli); }
      time { color: var(--t-ink-2); font-size: var(--t-text-s); font-variant-numeric: tabular-nums; align-self: center; }
      .note { grid-column: 2 / -1; color: var(--t-ink-2); font-size: var(--t-text-s); }
      @keyframes beat { 50% { scale: 0.55; } }
      @media (prefers-reduced-motion: reduce) { .current .mark i { animation: none; } }
    `,
  ]

  override render() {
    return html`<ol aria-label=${this.label}>${this.steps.map(
      (step) => html`<li class=${step.state} aria-current=${step.state === 'current' ? 'step' : nothing}>
        <span class="mark" aria-hidden="true">${step.state === 'done' ? html`<t-icon name="check"></t-icon>` : step.state === 'failed' ? html`<t-icon name="x"></t-icon>` : step.state === 'current' ? html`<i></i>` : nothing}</span>
        <span class="label">${step.label}<span class="visually-hidden"> (${words[step.state]})</span></span>
        ${step.time ? html`<time datetime=${step.time}>${formatTime(step.time)}</time>` : html`<span></span>`}
        ${step.note ? html`<span class="note">${step.note}</span>` : nothing}
      </li>`,
    )}</ol>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-timeline': TTimeline }
}
