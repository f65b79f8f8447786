// What a customer does on the pages, step by step, as their words and roles offer it.
export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

const nothing = async () => {}

/** Signs in; look is called on the way, with a name for what there is to see. */
export async function signIn(page, person, look = nothing) {
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: person }).waitFor()
  await look('0-people')
  await page.getByRole('button', { name: person }).click()
  await page.getByRole('button', { name: `You are ${person}. Change` }).waitFor()
}

/** From the search to the order's page; returns the order's id. */
export async function order(page, { id, name, item, times }, look = nothing) {
  await page.getByRole('searchbox', { name: 'Search restaurants and dishes' }).fill(name)
  await page.waitForURL((url) => url.searchParams.get('q') === name)
  const found = page.getByRole('link', { name, exact: true })
  await found.waitFor()
  await look('2-search')
  await found.click()
  await page.waitForURL(`**/restaurants/${id}`)
  await heading(page, name)
  for (let added = 0; added < times; added++) {
    await page.getByRole('button', { name: item, exact: true }).first().click()
    const add = page.getByRole('button', { name: /^Add for/ })
    if (!added) {
      await page.getByRole('textbox', { name: 'A wish for the kitchen' }).waitFor()
      await look('3-item')
    }
    await add.click()
    await add.waitFor({ state: 'hidden' })
  }
  await look('3-restaurant')
  await page.getByRole('link', { name: /^(Go to checkout|View basket)/ }).first().click()
  await heading(page, 'Checkout')
  const street = page.getByRole('textbox', { name: 'Street and number' })
  await street.fill('Torstraße 1')
  await street.blur()
  await look('4-checkout')
  await page.getByRole('button', { name: /^Place order/ }).click()
  await page.waitForURL('**/orders/*')
  return new URL(page.url()).pathname.split('/').at(-1)
}
