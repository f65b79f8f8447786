import { base, dishImage, layout, toast } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'

/** The picture of an item, and all that it could be. Fires `picture-chosen` with detail {name}; none is an empty name. */
@customElement('restaurant-picture')
export class RestaurantPicture extends LitElement {
  @property() chosen = ''
  @state() private open = false
  @state() private names: readonly string[] = []
  @state() private words = ''

  static override styles = [base, layout, css`
    :host { display: grid; gap: var(--t-space-2); }
    .label { font-weight: var(--t-medium); }
    .now { display: flex; align-items: center; gap: var(--t-space-3); }
    t-dish { width: 4.5rem; }
    ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(3.5rem, 1fr)); gap: var(--t-space-1); max-height: 15rem; overflow-y: auto; padding: 4px; border-radius: var(--t-radius-m); background: var(--t-sunken); }
    li button { display: grid; place-items: center; width: 100%; aspect-ratio: 1; padding: 0; border: 0; border-radius: var(--t-radius-s); background: none; cursor: pointer; }
    li button:hover { background: var(--t-surface); }
    li button[aria-pressed='true'] { background: var(--t-surface); box-shadow: inset 0 0 0 3px var(--t-brand-deep); }
    img { width: 2.25rem; height: 2.25rem; }
  `]

  override render() {
    const shown = this.names.filter((name) => words(name).includes(this.words.trim().toLocaleLowerCase()))
    return html`<span class="label">Picture</span>
      <div class="now"><t-dish name=${this.chosen} alt=${this.chosen ? words(this.chosen) : 'No picture'}></t-dish>
        <t-button size="s" @click=${this.#toggle}>${this.open ? 'Done' : 'Choose a picture'}</t-button>
        ${this.chosen ? html`<t-button size="s" variant="quiet" @click=${() => this.#choose('')}>No picture</t-button>` : nothing}</div>
      ${this.open ? html`<t-search label="Find a picture" placeholder="Find a picture" .value=${this.words} @t-search=${(event: CustomEvent<{ value: string }>) => (this.words = event.detail.value)}></t-search>
        <ul aria-label="Pictures">${shown.map((name) => html`<li><button type="button" aria-pressed=${name === this.chosen ? 'true' : 'false'} aria-label=${words(name)} title=${words(name)} @click=${() => this.#choose(name)}><img src=${dishImage(name)} alt="" loading="lazy"></button></li>`)}</ul>
        ${this.names.length && !shown.length ? html`<p class="quiet small" role="status">No picture is called that.</p>` : nothing}` : nothing}`
  }

  async #toggle() {
    this.open = !this.open
    if (!this.open || this.names.length) return
    try {
      this.names = (await import('@tiffin/kit/pictures')).pictures
    } catch {
      this.open = false
      toast('The pictures didn’t load.', { tone: 'danger', action: { label: 'Reload', run: () => location.reload() } })
    }
  }

  #choose(name: string) {
    this.dispatchEvent(new CustomEvent('picture-chosen', { detail: { name } }))
  }
}

const words = (name: string): string => name.replaceAll('-', ' ')
