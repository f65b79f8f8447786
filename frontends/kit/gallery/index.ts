// Every element of the kit in both schemes, at /kit: what one looks at while changing one, and what axe is run on.
import { css, html, LitElement } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { base, layout, setPage } from '../src/index.ts'
import { controls } from './controls.ts'
import { content } from './content.ts'
import { states } from './states.ts'

@customElement('kit-gallery')
export class KitGallery extends LitElement {
  @state() private sheet = false

  static override styles = [
    base,
    layout,
    css`
      .schemes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr)); }
      .scheme { padding: var(--t-space-5) var(--t-gutter) var(--t-space-7); background: var(--t-bg); color: var(--t-ink); min-width: 0; }
      .light { color-scheme: light; }
      .dark { color-scheme: dark; }
      section { display: grid; gap: var(--t-space-3); margin-top: var(--t-space-6); min-width: 0; }
      section > * { min-width: 0; }
      .swatches { display: grid; grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); gap: var(--t-space-2); }
      .swatches span { display: grid; align-items: end; min-height: 4rem; padding: var(--t-space-2); border-radius: var(--t-radius-s); font-size: var(--t-text-xs); font-weight: var(--t-bold); box-shadow: inset 0 0 0 1px var(--t-line); }
      .s-bg { background: var(--t-bg); } .s-surface { background: var(--t-surface); } .s-sunken { background: var(--t-sunken); }
      .s-ink { background: var(--t-inverse); color: var(--t-on-inverse); } .s-brand { background: var(--t-brand); color: var(--t-on-brand); }
      .s-brand-soft { background: var(--t-brand-soft); color: var(--t-on-brand-soft); } .s-leaf { background: var(--t-leaf-soft); color: var(--t-leaf); }
      .s-chilli { background: var(--t-chilli-soft); color: var(--t-chilli); } .s-saffron { background: var(--t-saffron-soft); color: var(--t-saffron); }
      .s-neel { background: var(--t-neel-soft); color: var(--t-neel); } .s-beet { background: var(--t-beet-soft); color: var(--t-beet); }
      .big { font-size: var(--t-text-3xl); font-weight: var(--t-black); line-height: 1; letter-spacing: -0.025em; }
      .dishes { display: grid; grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); gap: var(--t-space-3); }
      .wide { --t-dish-ratio: 16 / 9; --t-dish-radius: 0; }
      t-map { height: 18rem; }
      t-stack { width: 5.5rem; }
      .block { height: 5rem; border-radius: var(--t-radius-m); }
      t-sheet .wide { --t-dish-radius: var(--t-radius-m); margin-bottom: var(--t-space-4); }
      .face { width: 3rem; }
    `,
  ]

  override connectedCallback() {
    super.connectedCallback()
    setPage('The kit')
    void import('../src/forms/index.ts')
  }

  override render() {
    return html`<div class="schemes">${['light', 'dark'].map(
      (scheme) => html`<div class="scheme ${scheme}">
        <h1>The kit, ${scheme}</h1>
        ${controls(scheme, () => (this.sheet = true))}${content(scheme)}${states(scheme)}
      </div>`,
    )}</div>
    <t-sheet heading="Masala dosa" ?open=${this.sheet} @t-close=${() => (this.sheet = false)}>
      <t-dish class="wide" name="flatbread"></t-dish>
      <p>Crisp from the griddle, with potato, coconut chutney and sambar.</p>
      <t-button slot="footer" variant="primary" size="l" full @click=${() => (this.sheet = false)}>Add for <t-money currency="EUR" minor="1140"></t-money></t-button>
    </t-sheet>`
  }
}
