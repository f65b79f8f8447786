import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Problem } from '../client/problem.ts'
import { base } from '../styles/base.ts'

/** What went wrong in words, with what support needs folded away. Fires `t-retry`, if `retry`. */
@customElement('t-problem')
export class TProblem extends LitElement {
  @property({ attribute: false }) problem: Problem | undefined
  @property() heading = ''
  @property({ type: Boolean }) retry = false
  /** A notice inside a form or a list, instead of a whole page's state. */
  @property({ type: Boolean, reflect: true }) inline = false
  @property({ type: Number }) level = 2

  static override styles = [
    base,
    css`
      :host { display: block; }
      .box { display: grid; justify-items: center; gap: var(--t-space-3); padding: var(--t-space-7) var(--t-space-4); text-align: center; }
      .sign { display: grid; place-items: center; width: 4.5rem; height: 4.5rem; border-radius: var(--t-radius-tin); background: var(--t-chilli-soft); color: var(--t-chilli); font-size: 1.875rem; }
      .heading { font-size: var(--t-text-xl); font-weight: var(--t-black); line-height: 1.15; letter-spacing: -0.01em; }
      .text { max-width: 34rem; color: var(--t-ink-2); }
      .violations { display: grid; gap: var(--t-space-1); }
      details { font-size: var(--t-text-xs); color: var(--t-ink-2); }
      summary { cursor: pointer; padding: 0.4em; }
      code { font-family: var(--t-mono); overflow-wrap: anywhere; user-select: all; }
      :host([inline]) .box { grid-template-columns: auto 1fr auto; justify-items: start; align-items: start; gap: var(--t-space-1) var(--t-space-3); padding: var(--t-space-4); text-align: start; background: var(--t-chilli-soft); border-radius: var(--t-radius-m); }
      :host([inline]) .sign { width: auto; height: auto; background: none; font-size: 1.25rem; grid-row: span 4; }
      :host([inline]) .heading { font-size: var(--t-text-m); font-weight: var(--t-bold); color: var(--t-chilli); line-height: 1.4; letter-spacing: 0; }
      :host([inline]) :is(.text, .violations, details) { grid-column: 2; color: var(--t-ink); }
      :host([inline]) t-button { grid-column: 3; grid-row: 1 / span 3; }
    `,
  ]

  override render() {
    const { problem } = this
    if (!problem) return nothing
    const offline = problem.code === 'NETWORK'
    const heading = this.heading || (offline ? 'No connection' : problem.status === 404 ? 'We couldn’t find that' : problem.status === 409 ? 'That didn’t go through' : 'Something went wrong')
    return html`<div class="box" role="alert">
      <div class="sign"><t-icon name=${offline ? 'wifi-off' : 'triangle-alert'}></t-icon></div>
      <div class="heading" role="heading" aria-level=${this.level}>${heading}</div>
      <p class="text">${problem.message}</p>
      ${problem.violations.length ? html`<ul class="violations">${problem.violations.map((violation) => html`<li>${violation.description}</li>`)}</ul>` : nothing}
      ${this.retry ? html`<t-button size=${this.inline ? 's' : 'm'} @click=${this.#retry}><t-icon slot="start" name="refresh-cw"></t-icon>Try again</t-button>` : nothing}
      <details><summary>Details for support</summary>Code <code>${problem.code}</code>${problem.traceId ? html` · trace <code>${problem.traceId}</code>` : nothing}</details>
    </div>`
  }

  #retry() {
    this.dispatchEvent(new CustomEvent('t-retry', { bubbles: true, composed: true }))
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-problem': TProblem }
}
