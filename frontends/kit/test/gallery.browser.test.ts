import { html } from 'lit'
import { page } from 'vitest/browser'
import { expect, test } from 'vitest'
import '../gallery/index.ts'
import { show, violations } from './render.ts'

// Each width lays the gallery out differently; each holds both schemes.
test.each([[1280, 900], [390, 844]])('every element passes axe at %d × %d', async (width, height) => {
  await page.viewport(width, height)
  const gallery = await show<HTMLElement>(html`<kit-gallery></kit-gallery>`, 'kit-gallery')
  await customElements.whenDefined('wa-switch')
  await document.fonts.ready
  await expect.poll(() => gallery.shadowRoot?.querySelectorAll('wa-input')[1]?.shadowRoot?.querySelector('input')).toBeTruthy()
  expect(await violations(gallery)).toEqual([])
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
}, 60_000)
