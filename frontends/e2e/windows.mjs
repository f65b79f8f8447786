// Several people at once, each in a browser of their own.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { inspect, shots } from './look.mjs'
import { signIn } from './order.mjs'

const patience = 60_000
const mark = '__noReload'

/** Opens a window in which somebody has signed in. */
export async function open(browser, system, role, person, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  const [broken, violations] = [[], []]
  page.on('pageerror', (error) => broken.push(String(error)))
  await page.goto(system.url)
  await page.evaluate((mark) => (window[mark] = true), mark)
  await signIn(page, person)
  return {
    page, context, role,
    sees: (text) => page.getByText(text).first().waitFor(),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    // One appearance: the tests of each page look at both.
    look: async (name) => violations.push(...(await inspect(page, `delivery-${name}-${role}`, ['light']))),
    fine: async () => {
      assert.equal(await page.evaluate((mark) => window[mark], mark), true, `the page of the ${role} was loaded anew`)
      assert.deepEqual(broken, [], `the page of the ${role} broke`)
      assert.deepEqual([...new Set(violations)], [], 'not accessible')
    },
  }
}

/** Lets people do something with their windows, and closes those; a picture of each is kept where it went wrong. */
export async function together(windows, steps) {
  try {
    await steps()
    for (const { fine } of windows) await fine()
  } catch (error) {
    for (const { page, role } of windows) await page.screenshot({ path: join(shots, `delivery-failed-${role}.png`) })
    throw error
  } finally {
    for (const { context } of windows) await context.close()
  }
}

export async function eventually(holds, what, within = patience) {
  for (const deadline = Date.now() + within; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    assert.ok(Date.now() < deadline, `it never came to hold: ${what}`)
  }
}
