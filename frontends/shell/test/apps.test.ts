import { describe, expect, test } from 'vitest'
import { currentItem, forOthers, navFor, readApps, startFor, type App } from '../src/apps.ts'

const app = (over: Partial<App>): App => ({ name: 'a', module: '/a.js', element: 'a-a', title: 'A', routes: ['/'], ...over })

test('apps come from the page, in the order that they ask for', () => {
  document.body.innerHTML = `<script type="application/json" id="tiffin-apps">${JSON.stringify([app({ name: 'z' }), app({ name: 'b' }), app({ name: 'c', order: 1 })])}</script>`
  expect(readApps().map(({ name }) => name)).toEqual(['c', 'b', 'z'])
})

test('a page without apps has none', () => {
  document.body.innerHTML = ''
  expect(readApps()).toEqual([])
})

describe('the navigation', () => {
  const discover = { path: '/', label: 'Discover', icon: 'utensils', roles: ['guest', 'customer'] }
  const help = { path: '/help', label: 'Help', icon: 'info' }
  const orders = { path: '/orders', label: 'Orders', icon: 'receipt-text', roles: ['customer'] }
  const board = { path: '/kitchen', label: 'Tickets', icon: 'ticket' }
  const apps = [app({ nav: [discover, orders] }), app({ name: 'restaurant', roles: ['restaurant'], nav: [board] }), app({ name: 'help', nav: [help] })]

  test.each([
    [[], [discover, help]],
    [['customer'], [discover, orders, help]],
    [['restaurant'], [board, help]],
    [['restaurant', 'customer'], [discover, orders, board, help]],
  ])('for %j is their own', (roles, want) => expect(navFor(apps, roles)).toEqual(want))

  test.each([[[], '/'], [['restaurant'], '/kitchen'], [['operations'], '/help']])('for %j begins at %s', (roles, want) => expect(startFor(apps, roles)).toBe(want))

  test('an app is for others where it has nothing for somebody in its navigation', () => {
    expect(apps.map((each) => forOthers(each, ['restaurant']))).toEqual([true, false, false])
    expect(apps.map((each) => forOthers(each, []))).toEqual([false, false, false])
    expect(forOthers(app({}), ['restaurant'])).toBe(false)
  })

  test.each([['/', '/'], ['/orders', '/orders'], ['/orders/1', '/orders'], ['/restaurants/1', undefined], ['/ordersX', undefined]])('%s belongs to %s', (path, want) => {
    expect(currentItem([discover, orders], path)?.path).toBe(want)
  })
})
