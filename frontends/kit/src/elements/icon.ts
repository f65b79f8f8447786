import icons from 'virtual:tiffin/icons'
import { css, html, LitElement, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { unsafeSVG } from 'lit/directives/unsafe-svg.js'

const registry = new Map(Object.entries(icons))

/** Adds icons: name → what is inside a 24 × 24 svg drawn with strokes. */
export function registerIcons(more: Record<string, string>): void {
  for (const [name, inside] of Object.entries(more)) registry.set(name, inside)
}

/** A line icon in the colour and size of the text around it. Without a label it is decoration. */
@customElement('t-icon')
export class TIcon extends LitElement {
  @property() name = ''
  @property() label = ''

  static override styles = css`
    :host { display: inline-flex; width: 1.25em; height: 1.25em; flex: none; vertical-align: -0.25em; }
    svg { width: 100%; height: 100%; }
  `

  override render() {
    const inside = registry.get(this.name)
    if (!inside) return nothing
    return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
      role=${this.label ? 'img' : nothing} aria-label=${this.label || nothing} aria-hidden=${this.label ? nothing : 'true'}>${svg`${unsafeSVG(inside)}`}</svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap { 't-icon': TIcon }
}
