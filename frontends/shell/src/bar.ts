import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { badgeSet, base, navigated, personaChanged, session, signInNeeded } from '@tiffin/kit'
import { currentItem, navFor, startFor, type App, type NavItem } from './apps.ts'
import './people.ts'
import { barStyles } from './bar.styles.ts'

/** The frame's head, and on a phone its foot: logo, navigation from the manifests, and who is here. */
@customElement('tiffin-bar')
export class TiffinBar extends LitElement {
  @property({ attribute: false }) apps: App[] = []
  @state() private asking = false
  @state() private counts: Record<string, number> = {}

  static override styles = [base, barStyles]

  readonly #refresh = () => this.requestUpdate()
  readonly #ask = () => (this.asking = true)
  readonly #count = (event: Event) => {
    const { path, count } = (event as CustomEvent<{ path: string; count: number }>).detail
    this.counts = { ...this.counts, [path]: count }
  }

  override connectedCallback() {
    super.connectedCallback()
    session.addEventListener(personaChanged, this.#refresh)
    session.addEventListener(signInNeeded, this.#ask)
    addEventListener(navigated, this.#refresh)
    addEventListener('popstate', this.#refresh)
    addEventListener(badgeSet, this.#count)
  }

  override render() {
    const roles = session.persona?.roles ?? []
    const items = navFor(this.apps, roles)
    const here = currentItem(items, location.pathname)
    const { persona } = session
    return html`<header>
        <slot name="skip"></slot>
        <a class="home" href=${startFor(this.apps, roles)} aria-label="Tiffin, to the start"><t-logo></t-logo></a>
        <nav aria-label="Main">${items.map((item) => this.#link(item, item === here))}</nav>
        <button class="person" aria-haspopup="dialog" @click=${this.#ask} aria-label=${persona ? `You are ${persona.name}. Change` : 'Sign in'}>
          ${persona ? html`<tiffin-face .name=${persona.name}></tiffin-face><span class="name">${persona.name}</span>` : html`<t-icon name="user"></t-icon><span class="name always">Sign in</span>`}
        </button>
      </header>
      <t-offline></t-offline>
      <tiffin-people ?open=${this.asking} @t-close=${() => (this.asking = false)}></tiffin-people>`
  }

  #link(item: NavItem, here: boolean) {
    const count = this.counts[item.path] ?? 0
    return html`<a href=${item.path} aria-current=${here ? 'page' : nothing}>
      <span class="glyph"><t-icon name=${item.icon}></t-icon>${count ? html`<span class="count" aria-hidden="true">${count > 99 ? '99+' : count}</span>` : nothing}</span>
      <span>${item.label}${count ? html`<span class="visually-hidden"> (${count})</span>` : nothing}</span></a>`
  }
}
