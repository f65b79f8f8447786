// Fields of the item's form, with what is wrong with them where a screen reader finds it.
import { css, html, type TemplateResult } from 'lit'
import { ifDefined } from 'lit/directives/if-defined.js'
import type { Placed } from './fields.ts'

interface More {
  maxlength?: number
  rows?: number
  inputmode?: 'decimal'
  required?: boolean
}

export function textField(label: string, name: string, value: string, wrong: Pick<Placed, 'at'>, set: (value: string) => void, { maxlength, rows, inputmode, required = false }: More = {}): TemplateResult {
  const said = wrong.at.get(name) ?? ''
  const input = (event: Event) => set((event.target as HTMLInputElement).value ?? '')
  if (rows) return html`<wa-textarea class=${said ? 'invalid' : ''} label=${label} hint=${said} rows=${rows} maxlength=${ifDefined(maxlength)} .value=${value} @input=${input}></wa-textarea>`
  return html`<wa-input class=${said ? 'invalid' : ''} label=${label} hint=${said} inputmode=${ifDefined(inputmode)} maxlength=${ifDefined(maxlength)} ?required=${required} .value=${value} @input=${input}></wa-input>`
}

export const formStyles = css`
  fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
  legend, .label { padding: 0; font-weight: var(--t-medium); }
  .field { display: grid; gap: var(--t-space-2); }
  .invalid { --wa-form-control-border-color: var(--t-chilli); --wa-form-control-hint-color: var(--t-chilli); }
  .checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
  label { display: flex; align-items: center; gap: var(--t-space-3); min-height: 2.75rem; cursor: pointer; }
  input { width: 1.25rem; height: 1.25rem; accent-color: var(--t-brand-deep); flex: none; }
  t-chips { margin-top: var(--t-space-2); }
  .troubles { padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-chilli-soft); }
  .wrong { color: var(--t-chilli); }
  .removal { display: grid; gap: var(--t-space-3); padding: var(--t-space-3) var(--t-space-4); border-radius: var(--t-radius-m); background: var(--t-sunken); }
`
