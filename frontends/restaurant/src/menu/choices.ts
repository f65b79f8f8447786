import { base, layout, newId } from '@tiffin/kit'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { GroupDraft, OptionDraft } from './draft.ts'
import { formStyles, textField } from './form.ts'

const [mostGroups, mostOptions] = [12, 30]

/** What an item leaves to the customer: choices with their options, and what each adds. Fires `choices-changed` with detail {groups}. */
@customElement('restaurant-choices')
export class RestaurantChoices extends LitElement {
  @property({ attribute: false }) groups: GroupDraft[] = []
  /** What is said at fields, by their names in the API. */
  @property({ attribute: false }) wrong: ReadonlyMap<string, string> = new Map()
  @property() currency = ''

  static override styles = [base, layout, formStyles, css`
    :host { display: grid; gap: var(--t-space-3); }
    .group { display: grid; gap: var(--t-space-3); padding: var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-sunken); }
    .option { display: grid; grid-template-columns: minmax(0, 1fr) 7rem auto; gap: var(--t-space-2); align-items: start; }
    .option t-button, .head t-button { margin-top: 2rem; }
    .steps { display: flex; flex-wrap: wrap; gap: var(--t-space-2) var(--t-space-4); align-items: center; }
    .steps span { display: inline-flex; align-items: center; gap: var(--t-space-2); }
    .head { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--t-space-2); align-items: start; }
    @media (max-width: 30rem) { .option { grid-template-columns: minmax(0, 1fr) 5.5rem auto; } }
  `]

  override render() {
    return html`<span class="label">Choices that the customer has</span>
      ${repeat(this.groups, (group) => group.group_id, (group, at) => this.#group(group, at))}
      ${this.groups.length < mostGroups ? html`<div><t-button size="s" @click=${() => this.#set([...this.groups, { group_id: newId(), name: '', min: 0, max: 1, options: [freshOption()] }])}><t-icon slot="start" name="plus"></t-icon>Add a choice</t-button></div>` : nothing}`
  }

  #group(group: GroupDraft, at: number) {
    const field = `item.option_groups[${at}]`
    const name = group.name || 'this choice'
    const said = [`${field}.options`, `${field}.min_choices`, `${field}.max_choices`].map((one) => this.wrong.get(one)).filter(Boolean)
    const set = (change: Partial<GroupDraft>) => this.#set(this.groups.map((other, index) => (index === at ? { ...group, ...change } : other)))
    return html`<div class="group" role="group" aria-label=${group.name || 'A new choice'}>
      <div class="head">${textField('What is chosen', `${field}.name`, group.name, { at: this.wrong as Map<string, string> }, (text) => set({ name: text }), { maxlength: 80, required: true })}
        <t-button round variant="quiet" label="Take ${name} out" @click=${() => this.#set(this.groups.filter((_, index) => index !== at))}><t-icon name="trash-2"></t-icon></t-button></div>
      <div class="steps">
        <span>At least <t-stepper size="s" label="at least of ${name}" .min=${0} .max=${group.options.length || 1} .value=${group.min} @t-change=${(event: CustomEvent<{ value: number }>) => set({ min: event.detail.value, max: Math.max(group.max, event.detail.value) })}></t-stepper></span>
        <span>at most <t-stepper size="s" label="at most of ${name}" .min=${1} .max=${Math.max(1, group.options.length, group.max)} .value=${group.max} @t-change=${(event: CustomEvent<{ value: number }>) => set({ max: event.detail.value, min: Math.min(group.min, event.detail.value) })}></t-stepper></span>
      </div>
      ${said.length ? html`<p class="wrong small invalid" tabindex="-1">${said.join(' ')}</p>` : nothing}
      ${repeat(group.options, (option) => option.option_id, (option, index) => this.#option(option, `${field}.options[${index}]`, (options) => set({ options }), group.options, index))}
      ${group.options.length < mostOptions ? html`<div><t-button size="s" variant="quiet" label="Add an option to ${name}" @click=${() => set({ options: [...group.options, freshOption()] })}><t-icon slot="start" name="plus"></t-icon>Add an option</t-button></div>` : nothing}
    </div>`
  }

  #option(option: OptionDraft, field: string, set: (options: OptionDraft[]) => void, all: OptionDraft[], at: number) {
    const change = (part: Partial<OptionDraft>) => set(all.map((other, index) => (index === at ? { ...option, ...part } : other)))
    const wrong = { at: this.wrong as Map<string, string> }
    return html`<div class="option">
      ${textField('Option', `${field}.name`, option.name, wrong, (name) => change({ name }), { maxlength: 80 })}
      ${textField('Adds', `${field}.price_difference`, option.difference, wrong, (difference) => change({ difference }))}
      <t-button round variant="quiet" label="Take ${option.name || 'this option'} out" @click=${() => set(all.filter((_, index) => index !== at))}><t-icon name="x"></t-icon></t-button>
    </div>`
  }

  #set(groups: GroupDraft[]) {
    this.dispatchEvent(new CustomEvent('choices-changed', { detail: { groups } }))
  }
}

const freshOption = (): OptionDraft => ({ option_id: newId(), name: '', difference: '' })
