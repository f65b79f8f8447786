import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { asProblem, base, session, tintOf, toast, type Persona, type Problem } from '@tiffin/kit'
import { setTheme, theme, type Theme } from './theme.ts'

/** The initials of somebody, on a colour of their own. */
@customElement('tiffin-face')
export class TiffinFace extends LitElement {
  @property({ attribute: false }) name = ''

  static override styles = css`
    :host { display: inline-flex; }
    span { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 50%; font-size: var(--t-text-xs); font-weight: var(--t-bold); line-height: 1; padding-top: 0.1em; }
    /* Drawn, not written: the name stands beside it, or is the label of what holds it. */
    span::before { content: attr(data-initials); }
    .turmeric { background: var(--t-brand-soft); color: var(--t-on-brand-soft); }
    .chilli { background: var(--t-chilli-soft); color: var(--t-chilli); }
    .leaf { background: var(--t-leaf-soft); color: var(--t-leaf); }
    .neel { background: var(--t-neel-soft); color: var(--t-neel); }
    .beet { background: var(--t-beet-soft); color: var(--t-beet); }
    .saffron { background: var(--t-saffron-soft); color: var(--t-saffron); }
  `

  override render() {
    const letters = this.name.match(/(?<!\p{L})\p{Lu}/gu) ?? []
    const initials = letters.length > 1 ? `${letters[0]}${letters.at(-1)}` : letters.join('')
    return html`<span class=${tintOf(this.name)} data-initials=${initials} aria-hidden="true"></span>`
  }
}

/** Stands in for sign-in: everybody of the demo city, by role, to be one of them. The page's appearance is chosen here too. */
@customElement('tiffin-people')
export class TiffinPeople extends LitElement {
  @property({ type: Boolean }) open = false
  @state() private people: Persona[] | undefined
  @state() private problem: Problem | undefined
  @state() private filter = ''

  static override styles = [
    base,
    css`
      .stack { display: grid; gap: var(--t-space-4); }
      h3 { margin: var(--t-space-2) 0 var(--t-space-1); font-size: var(--t-text-xs); color: var(--t-ink-2); letter-spacing: 0; font-weight: var(--t-bold); }
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: var(--t-space-1); }
      li button { display: flex; align-items: center; gap: var(--t-space-3); width: 100%; min-height: 3.25rem; padding: var(--t-space-2); border: 0; border-radius: var(--t-radius-m); background: none; text-align: start; cursor: pointer; font-weight: var(--t-medium); }
      li button:hover { background: var(--t-sunken); }
      li button[aria-pressed='true'] { background: var(--t-brand-soft); color: var(--t-on-brand-soft); }
      li t-icon { margin-left: auto; }
      fieldset { border: 0; padding: 0; margin: 0; }
      legend { padding: 0; font-weight: var(--t-bold); margin-bottom: var(--t-space-2); }
      .choices { display: grid; grid-template-columns: repeat(3, 1fr); padding: 4px; gap: 4px; border-radius: var(--t-radius-m); background: var(--t-sunken); }
      .choices label { position: relative; display: flex; align-items: center; justify-content: center; gap: 0.5em; min-height: 2.5rem; border-radius: 10px; cursor: pointer; font-size: var(--t-text-s); font-weight: var(--t-medium); }
      .choices label:has(:checked) { background: var(--t-raised); box-shadow: var(--t-shadow-1); font-weight: var(--t-bold); }
      .choices label:has(:focus-visible) { outline: 3px solid var(--t-focus); }
      .choices input { position: absolute; opacity: 0; inset: 0; margin: 0; cursor: pointer; }
    `,
  ]

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('open') && this.open) void this.#load()
  }

  override render() {
    return html`<t-sheet ?open=${this.open} heading="Who are you today?" @t-close=${() => (this.open = false)}>
      <div class="stack">
        <p class="quiet">This is the demo city: be anyone in it. Nobody asks for a password.</p>
        ${this.problem ? html`<t-problem inline retry heading="The people of the city didn’t load" level="3" .problem=${this.problem} @t-retry=${this.#load}></t-problem>` : nothing}
        ${!this.people && !this.problem ? html`<p class="visually-hidden" role="status">Loading the people</p><t-skeleton lines="5"></t-skeleton>` : nothing}
        ${(this.people?.length ?? 0) > 12 ? html`<t-search label="Find a person" placeholder="Name or role" delay="100" @t-search=${(event: CustomEvent<{ value: string }>) => (this.filter = event.detail.value.toLowerCase())}></t-search>` : nothing}
        <div>${this.#groups().map(([role, people]) => html`<h3>${capital(role)}</h3><ul>${people.map((person) => this.#person(person))}</ul>`)}</div>
      </div>
      <div slot="footer" class="stack">
        ${this.#appearance()}
        ${session.persona ? html`<t-button full variant="quiet" @click=${this.#leave}>Just look around, signed out</t-button>` : nothing}
      </div>
    </t-sheet>`
  }

  #groups(): [string, Persona[]][] {
    const groups = new Map<string, Persona[]>()
    for (const person of this.people ?? []) {
      if (this.filter && !`${person.name} ${person.roles.join(' ')}`.toLowerCase().includes(this.filter)) continue
      const role = person.roles[0] ?? 'guest'
      groups.set(role, [...(groups.get(role) ?? []), person])
    }
    return [...groups]
  }

  #person(person: Persona) {
    const chosen = session.persona?.persona_id === person.persona_id
    return html`<li><button aria-pressed=${chosen ? 'true' : 'false'} @click=${() => this.#choose(person)}><tiffin-face .name=${person.name}></tiffin-face>${person.name}${chosen ? html`<t-icon name="check"></t-icon>` : nothing}</button></li>`
  }

  #appearance() {
    const options: [Theme, string, string][] = [['system', 'System', 'monitor'], ['light', 'Light', 'sun'], ['dark', 'Dark', 'moon']]
    return html`<fieldset><legend>Appearance</legend><div class="choices">${options.map(
      ([value, label, icon]) => html`<label><input type="radio" name="theme" value=${value} .checked=${theme() === value} @change=${() => { setTheme(value); this.requestUpdate() }} /><t-icon name=${icon}></t-icon>${label}</label>`,
    )}</div></fieldset>`
  }

  readonly #load = async () => {
    this.problem = undefined
    try {
      this.people = await session.personas()
    } catch (error) {
      this.problem = asProblem(error)
    }
  }

  #choose(person: Persona) {
    session.choose(person)
    this.#close()
    toast(`Hello, ${person.name}.`, { tone: 'positive' })
  }

  #leave() {
    session.leave()
    this.#close()
  }

  #close() {
    this.open = false
    this.dispatchEvent(new CustomEvent('t-close'))
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
