// What there is to see, and what is wrong with it for those who can't.
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { root } from './system.mjs'

export const shots = join(root, '.artifacts/screenshots')

// What a colour scheme decides. All else is the same in the other, and looking takes seconds.
const ofColours = ['color-contrast', 'link-in-text-block']

/** Takes a picture of the page, in dark and in light unless told, and returns what is wrong with it for those who can't see it. */
export async function inspect(page, name, schemes = ['dark', 'light']) {
  const found = []
  for (const [nth, colorScheme] of schemes.entries()) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true, animations: 'disabled' })
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode() // there are no frames to look into
    const { violations } = await (nth > 0 ? axe.withRules(ofColours) : axe).analyze()
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}-${colorScheme}: ${id}: ${node.target.flat().join(' ')}`)))
  }
  return found
}
