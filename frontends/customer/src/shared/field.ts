// A field of a form, with what is wrong with it where a screen reader finds it.
import type { Problem } from '@tiffin/kit'
import { css, html, type TemplateResult } from 'lit'

interface Field {
  label: string
  value: string
  set(value: string): void
  /** Shown below it: what is wrong, or else what it is for. */
  wrong?: string | undefined
  hint?: string
  maxlength: number
  autocomplete?: string
  required?: boolean
  inputmode?: 'text' | 'tel'
}

export const textField = ({ label, value, set, wrong = '', hint = '', maxlength, autocomplete = 'off', required = false, inputmode = 'text' }: Field): TemplateResult =>
  html`<wa-input class=${wrong ? 'invalid' : ''} label=${label} hint=${wrong || hint} maxlength=${maxlength} autocomplete=${autocomplete} inputmode=${inputmode} ?required=${required} .value=${value} @input=${(event: Event) => set((event.target as HTMLInputElement).value ?? '')}></wa-input>`

/** What the server said about a field, as a sentence; nothing if it said nothing. */
export function saidOf(problem: Problem | undefined, ...fields: string[]): string | undefined {
  const found = problem?.violations.find(({ field }) => fields.some((name) => field === name || field.startsWith(`${name}.`)))?.description
  if (!found) return undefined
  return found.charAt(0).toLocaleUpperCase() + found.slice(1) + (/[.!?]$/.test(found) ? '' : '.')
}

/** Moves the focus to the first field that is wrong, once it is drawn. */
export async function focusWrong(host: { updateComplete: Promise<boolean>; renderRoot: ParentNode }): Promise<void> {
  await host.updateComplete
  host.renderRoot.querySelector<HTMLElement>('.invalid')?.focus()
}

export const fieldStyles = css`
  .invalid { --wa-form-control-border-color: var(--t-chilli); --wa-form-control-hint-color: var(--t-chilli); }
`
