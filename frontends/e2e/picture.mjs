// Draws docs/picture.webp, what the README shows first: the pages on a desktop in light and on a phone in dark.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from './browser.mjs'
import { heading, order, signIn } from './order.mjs'
import { command, root, somethingToOrder, start } from './system.mjs'

const limit = 300_000 // bytes: it is loaded with the README
const system = await start()
const browser = await launch()
try {
  const desktop = await shoot({ width: 1280, height: 900 }, 'light', async (page) => {
    await page.locator('customer-browse h2 a').first().waitFor()
  })
  const phone = await shoot({ width: 390, height: 844 }, 'dark', async (page) => {
    const choice = await somethingToOrder(system)
    await signIn(page, 'Amira Haddad')
    await command(system, 'confirm', await order(page, choice))
    await heading(page, 'Confirmed')
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    await page.locator('t-toaster .toast').first().waitFor({ state: 'detached' })
  })
  const picture = await compose(desktop, phone)
  if (picture.length > limit) throw new Error(`the picture has ${picture.length} bytes, more than ${limit}`)
  await writeFile(join(root, 'docs/picture.webp'), picture)
  console.log(`docs/picture.webp: ${picture.length} bytes`)
} finally {
  await browser.close()
  await system.stop()
}

async function shoot(viewport, colorScheme, use) {
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(system.url)
  await use(page)
  await page.evaluate(() => document.fonts.ready)
  // Pictures below the fold wait for somebody to scroll.
  await page.locator('t-dish img').evaluateAll((images) => Promise.all(images.filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.decode())))
  const shot = await page.screenshot()
  await context.close()
  return `data:image/png;base64,${shot.toString('base64')}`
}

/** Both side by side, the phone a little over the desktop's edge. */
async function compose(desktop, phone) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 880 } })
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; position: relative; background: #ffb61e; }
    img { position: absolute; display: block; box-shadow: 0 24px 60px -12px rgb(36 22 0 / 0.55); }
    .desktop { left: 48px; top: 48px; width: 1115px; border-radius: 16px; }
    .phone { right: 48px; bottom: 40px; width: 342px; border-radius: 36px; border: 8px solid #1c1b16; }
  </style><img class="desktop" src="${desktop}"><img class="phone" src="${phone}">`)
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
  return Buffer.from(data, 'base64')
}
