import { css, html, LitElement, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { base } from '../styles/base.ts'

export interface Bar {
  /** Short, below the bar: "Mon", "12". */
  label: string
  value: number
  /** The value as people read it: "€48.20". */
  text: string
  /** The label in full: "Monday, 23 November". */
  name?: string | undefined
  /** The one that is still growing: today, this hour. */
  current?: boolean | undefined
}

/** The end of a scale that holds the highest value: 1, 2, 2.5 or 5 times a power of ten. */
export function scaleEnd(highest: number): number {
  if (!(highest > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(highest))
  return ([1, 2, 2.5, 5].find((step) => step * power >= highest) ?? 10) * power
}

// More labels than this run into each other on a phone.
const labelsAtMost = 12

/** Amounts side by side, and the same as a table for those who would rather read: `bars`, `label` says what they are. */
@customElement('t-bars')
export class TBars extends LitElement {
  @property({ attribute: false }) bars: Bar[] = []
  @property() label = ''
  /** What the table's columns are called. */
  @property() of = 'When'
  @property() unit = 'How much'
  /** How the scale writes a value. */
  @property({ attribute: false }) format: (value: number) => string = String

  static override styles = [
    base,
    css`
      :host { display: block; min-width: 0; }
      figcaption { font-weight: var(--t-bold); margin-bottom: var(--t-space-3); }
      .plot { display: grid; grid-template: var(--t-bars-height, 11rem) auto / auto minmax(0, 1fr); gap: var(--t-space-1) var(--t-space-2); font-size: var(--t-text-xs); color: var(--t-ink-2); font-variant-numeric: tabular-nums; }
      .scale { display: flex; flex-direction: column; justify-content: space-between; text-align: end; line-height: 1; margin-block: -0.5em; }
      svg { width: 100%; height: 100%; display: block; overflow: visible; }
      line { stroke: var(--t-line); }
      .floor { stroke: var(--t-line-strong); }
      rect { fill: var(--t-brand-deep); }
      .current { fill: var(--t-brand); stroke: var(--t-brand-deep); stroke-width: 1.5; }
      .place { fill: transparent; stroke: none; }
      .place:hover { fill: light-dark(rgb(28 27 22 / 0.07), rgb(255 255 255 / 0.09)); }
      .labels { grid-column: 2; display: flex; }
      .labels span { flex: 1 1 0; min-width: 0; text-align: center; white-space: nowrap; }
      .labels .few { overflow: visible; width: 0; }
      .now { color: var(--t-ink); font-weight: var(--t-bold); }
      summary { display: inline-block; cursor: pointer; padding-block: var(--t-space-2); font-size: var(--t-text-s); color: var(--t-ink-2); text-decoration: underline; text-underline-offset: 0.2em; }
      table { width: 100%; border-collapse: collapse; font-size: var(--t-text-s); }
      th, td { padding: var(--t-space-1) var(--t-space-2) var(--t-space-1) 0; border-bottom: 1px solid var(--t-line); text-align: start; font-weight: var(--t-regular); }
      thead th { font-weight: var(--t-bold); }
      :is(th, td):last-child { text-align: end; font-variant-numeric: tabular-nums; padding-right: 0; }
    `,
  ]

  override render() {
    const end = scaleEnd(Math.max(0, ...this.bars.map((bar) => bar.value)))
    const few = this.bars.length > labelsAtMost ? Math.ceil(this.bars.length / (labelsAtMost / 2)) : 1
    return html`<figure>
      <figcaption>${this.label}</figcaption>
      <div class="plot">
        <div class="scale" aria-hidden="true"><span>${this.format(end)}</span><span>${this.format(end / 2)}</span><span>${this.format(0)}</span></div>
        <svg role="img" aria-label=${this.#words()}>
          ${[0, 50].map((y) => svg`<line x1="0" x2="100%" y1="${y}%" y2="${y}%" />`)}
          ${this.bars.map((bar, index) => this.#bar(bar, index, end))}
          <line class="floor" x1="0" x2="100%" y1="100%" y2="100%" />
        </svg>
        <div class="labels" aria-hidden="true">${this.bars.map((bar, index) => html`<span class="${few > 1 ? 'few' : ''} ${bar.current ? 'now' : ''}">${index % few ? nothing : bar.label}</span>`)}</div>
      </div>
      <details><summary>As a table</summary><table>
        <thead><tr><th scope="col">${this.of}</th><th scope="col">${this.unit}</th></tr></thead>
        <tbody>${this.bars.map((bar) => html`<tr><th scope="row">${bar.name ?? bar.label}</th><td>${bar.text}</td></tr>`)}</tbody>
      </table></details>
    </figure>`
  }

  #bar({ value, text, name, label, current }: Bar, index: number, end: number) {
    const place = 100 / this.bars.length
    const height = (Math.max(0, value) / end) * 100
    return svg`<g>
      <rect class="place" x="${index * place}%" width="${place}%" y="0" height="100%"><title>${name ?? label}: ${text}</title></rect>
      ${height ? svg`<rect class=${current ? 'current' : ''} pointer-events="none" rx="3" x="${(index + 0.14) * place}%" width="${0.72 * place}%" y="${100 - height}%" height="${height}%" />` : nothing}
    </g>`
  }

  #words(): string {
    const highest = this.bars.reduce<Bar | undefined>((best, bar) => (bar.value > (best?.value ?? 0) ? bar : best), undefined)
    return highest ? `${this.label}. Most: ${highest.name ?? highest.label}, ${highest.text}.` : `${this.label}. Nothing yet.`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-bars': TBars }
}
