// What there is to see, and what is wrong with it for those who can't.
import { join } from 'node:path'
import axe from 'axe-core'
import { root } from './system.mjs'

export const shots = join(root, '.artifacts/screenshots')

// What a colour scheme decides. All else is the same in the other, and looking takes seconds.
const ofColours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** Takes a picture of the page, in dark and in light unless told, and returns what is wrong with it for those who can't see it. */
export async function inspect(page, name, schemes = ['dark', 'light']) {
  const found = []
  if (await page.evaluate(() => !window.axe)) await page.evaluate(axe.source)
  for (const [nth, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' })
    const options = { resultTypes: ['violations'], ...(nth > 0 && { runOnly: ofColours }) }
    const { violations } = await page.evaluate((options) => window.axe.run(document, options), options)
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}-${colorScheme}: ${id}: ${node.target.flat().join(' ')}`)))
  }
  return found
}
