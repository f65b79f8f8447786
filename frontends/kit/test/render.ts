import { render, type TemplateResult } from 'lit'
import { onTestFinished } from 'vitest'
import axe from 'axe-core'

/** Puts a template on the page for the test's time and waits until its elements have rendered. */
export async function show<T extends HTMLElement>(template: TemplateResult, selector: string): Promise<T> {
  const host = document.createElement('main')
  document.body.append(host)
  onTestFinished(() => host.remove())
  render(template, host)
  const element = host.querySelector<T & { updateComplete: Promise<unknown> }>(selector)
  if (!element) throw new Error(`no ${selector}`)
  await element.updateComplete
  return element
}

/** Something in the shadow root. */
export function inside<T extends Element = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector)
  if (!found) throw new Error(`no ${selector} in ${element.localName}`)
  return found
}

/** What axe finds wrong within an element, in words. */
export async function violations(context: Element): Promise<string[]> {
  const { violations } = await axe.run(context, { resultTypes: ['violations'] })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

export const once = <T>(target: EventTarget, name: string): Promise<CustomEvent<T>> =>
  new Promise((resolve) => target.addEventListener(name, (event) => resolve(event as CustomEvent<T>), { once: true }))
