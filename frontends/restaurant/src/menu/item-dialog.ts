import { base, layout, type Problem } from '@tiffin/kit'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Allergen } from '../shared/api.ts'
import { allergenName, allergens } from '../shared/words.ts'
import './choices.ts'
import { emptyDraft, violations, type Draft, type GroupDraft } from './draft.ts'
import { place, type Placed } from './fields.ts'
import { formStyles, textField } from './form.ts'
import './picture.ts'

const heats = ['None', 'Mild', 'Hot', 'Very hot']

/**
 * The form for one item. Fires `item-saved` and `item-removed` with detail {draft}, and `t-close` with {draft, changed}
 * when somebody leaves it; what was saved, the page closes.
 */
@customElement('restaurant-item')
export class RestaurantItem extends LitElement {
  /** Open while there is one; it is not changed. */
  @property({ attribute: false }) draft: Draft | undefined
  @property({ type: Boolean }) new = false
  @property({ type: Boolean }) saving = false
  @property() currency = ''
  @property({ attribute: false }) sections: string[] = []
  /** What the server said to the last try. */
  @property({ attribute: false }) problem: Problem | undefined
  @state() private form = emptyDraft('', '')
  @state() private tried = false
  @state() private removing = false

  static override styles = [base, layout, formStyles]

  override willUpdate(changed: Map<string, unknown>) {
    if (!changed.has('draft') || !this.draft) return
    this.form = structuredClone(this.draft)
    this.tried = this.removing = false
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has('problem') && this.problem) this.#showWrong()
  }

  override render() {
    const { draft, form, currency } = this
    const wrong = this.#wrong()
    const set = (change: Partial<Draft>) => (this.form = { ...this.form, ...change })
    return html`<t-sheet heading=${draft ? (this.new ? 'A new item' : draft.name) : ''} ?open=${draft !== undefined} @t-close=${this.#closed}>
      ${draft ? html`<form class="stack" @submit=${(event: Event) => { event.preventDefault(); this.#save() }}>
        ${this.#troubles(wrong)}
        ${textField('Name', 'item.name', form.name, wrong, (name) => set({ name }), { maxlength: 120, required: true })}
        ${textField('Description', 'item.description', form.description, wrong, (description) => set({ description }), { maxlength: 600, rows: 2 })}
        <div>
          ${textField('Section', 'item.section', form.section, wrong, (section) => set({ section }), { maxlength: 60, required: true })}
          ${this.sections.length ? html`<t-chips label="Sections of the menu">${this.sections.map((name) => html`<t-chip ?selected=${form.section.trim() === name} @click=${() => set({ section: name })}>${name}</t-chip>`)}</t-chips>` : nothing}
        </div>
        ${textField(`Price in ${currency}`, 'item.price', form.price, wrong, (price) => set({ price }), { inputmode: 'decimal', required: true })}
        <restaurant-picture .chosen=${form.image} @picture-chosen=${(event: CustomEvent<{ name: string }>) => set({ image: event.detail.name })}></restaurant-picture>
        <restaurant-choices .groups=${form.groups} .wrong=${wrong.at} currency=${currency} @choices-changed=${(event: CustomEvent<{ groups: GroupDraft[] }>) => set({ groups: event.detail.groups })}></restaurant-choices>
        <fieldset><legend>It is</legend><div class="checks">
          <label><input type="checkbox" .checked=${form.vegetarian || form.vegan} ?disabled=${form.vegan} @change=${() => set({ vegetarian: !form.vegetarian })}>Vegetarian</label>
          <label><input type="checkbox" .checked=${form.vegan} @change=${() => set({ vegan: !form.vegan })}>Vegan</label></div></fieldset>
        <div class="field"><span class="label">Heat</span><t-chips wrap label="Heat">${heats.map((heat, spiciness) => html`<t-chip ?selected=${form.spiciness === spiciness} @click=${() => set({ spiciness })}>${heat}</t-chip>`)}</t-chips></div>
        <fieldset><legend>It contains</legend><div class="checks">${allergens.map((allergen) => html`<label><input type="checkbox" .checked=${form.allergens.includes(allergen)} @change=${() => set({ allergens: toggled(form.allergens, allergen) })}>${allergenName(allergen)}</label>`)}</div></fieldset>
        ${this.new ? nothing : this.#removal(draft)}
      </form>` : nothing}
      <t-button slot="footer" variant="primary" size="l" full ?loading=${this.saving} @click=${this.#save}>${this.new ? 'Put it on the menu' : 'Save'}</t-button>
    </t-sheet>`
  }

  #removal(draft: Draft) {
    if (!this.removing) return html`<div><t-button variant="quiet" @click=${() => (this.removing = true)}><t-icon slot="start" name="trash-2"></t-icon>Take it off the menu…</t-button></div>`
    return html`<div class="removal" role="group" aria-label="Take ${draft.name} off the menu?"><p>Nobody can order ${draft.name} then. If it only ran out for now, mark it sold out instead.</p>
      <div class="row"><t-button size="s" @click=${() => (this.removing = false)}>Keep it</t-button><t-button size="s" variant="danger" ?loading=${this.saving} @click=${() => this.#fire('item-removed')}>Take it off</t-button></div></div>`
  }

  #troubles(wrong: Placed) {
    const { problem } = this
    const general = wrong.rest.map(({ description }) => description)
    if (problem && !problem.violations.length) return html`<t-problem inline level="3" .problem=${problem}></t-problem>`
    if (!wrong.at.size && !general.length) return nothing
    return html`<div class="troubles" role="alert"><strong>Not saved yet.</strong> ${wrong.at.size ? 'Please look at what is marked below.' : nothing} ${general.join(' ')}</div>`
  }

  /** What the form knows to be wrong, once somebody has tried, and what the server said to this very form. */
  #wrong(): Placed {
    const own = this.tried ? violations(this.form, this.currency) : []
    return place([...own, ...(this.problem?.violations ?? [])], fieldsOf(this.form))
  }

  #save() {
    this.tried = true
    if (this.saving) return
    if (violations(this.form, this.currency).length) return this.#showWrong()
    this.#fire('item-saved')
  }

  #showWrong() {
    void this.updateComplete.then(() => {
      const first = this.renderRoot.querySelector<HTMLElement>('.invalid, .troubles, t-problem')
      first?.scrollIntoView({ block: 'center' })
      first?.focus()
    })
  }

  #closed() {
    const [draft, changed] = [this.form, JSON.stringify(this.form) !== JSON.stringify(this.draft)]
    this.dispatchEvent(new CustomEvent('t-close', { detail: { draft, changed } }))
  }

  #fire(name: 'item-saved' | 'item-removed') {
    this.dispatchEvent(new CustomEvent(name, { detail: { draft: this.form } }))
  }
}

const toggled = (all: Allergen[], one: Allergen): Allergen[] => (all.includes(one) ? all.filter((other) => other !== one) : [...all, one])

/** The fields that the form shows, by their names in the API. */
const fieldsOf = ({ groups }: Draft): string[] => [
  'item.name', 'item.description', 'item.section', 'item.price',
  ...groups.flatMap((group, at) => {
    const field = `item.option_groups[${at}]`
    return [`${field}.name`, `${field}.options`, `${field}.max_choices`, `${field}.min_choices`, ...group.options.flatMap((_, index) => [`${field}.options[${index}].name`, `${field}.options[${index}].price_difference`])]
  }),
]
