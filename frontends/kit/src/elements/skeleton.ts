import { css, html, LitElement } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/** The shape of what is on its way. Say "loading" once, in the page's own words: skeletons are hidden from readers. */
@customElement('t-skeleton')
export class TSkeleton extends LitElement {
  @property({ reflect: true }) shape: 'text' | 'title' | 'block' | 'round' = 'text'
  @property({ type: Number }) lines = 1

  static override styles = css`
    :host { display: block; }
    i {
      display: block; height: 0.85em; margin-block: 0.3em; border-radius: 6px; background: light-dark(#e3e6e1, #2d312c);
      background-image: linear-gradient(100deg, transparent 30%, light-dark(rgb(255 255 255 / 0.75), rgb(255 255 255 / 0.07)) 50%, transparent 70%);
      background-size: 250% 100%; animation: pass 1.5s infinite linear;
    }
    i:last-child:not(:first-child) { width: 62%; }
    :host([shape='title']) i { height: 1.3em; width: 55%; }
    :host([shape='block']) i { height: 100%; margin: 0; border-radius: inherit; }
    :host([shape='round']) { aspect-ratio: 1; }
    :host([shape='round']) i { height: 100%; margin: 0; border-radius: 50%; }
    @keyframes pass { from { background-position: 130% 0; } to { background-position: -120% 0; } }
    @media (prefers-reduced-motion: reduce) { i { animation: none; background-image: none; } }
  `

  override connectedCallback() {
    super.connectedCallback()
    this.setAttribute('aria-hidden', 'true')
  }

  override render() {
    return Array.from({ length: this.shape === 'text' ? this.lines : 1 }, () => html`<i></i>`)
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-skeleton': TSkeleton }
}
