import { describe, expect, test } from 'vitest'
import { currentItem, navFor, readApps, type App } from '../src/apps.ts'

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
  const discover = { path: '/', label: 'Discover', icon: 'utensils' }
  const orders = { path: '/orders', label: 'Orders', icon: 'receipt-text', roles: ['customer'] }
  const board = { path: '/kitchen', label: 'Tickets', icon: 'ticket' }
  const apps = [app({ nav: [discover, orders] }), app({ name: 'restaurant', roles: ['restaurant'], nav: [board] })]

  test.each([
    [[], [discover]],
    [['customer'], [discover, orders]],
    [['restaurant'], [discover, board]],
  ])('for %j', (roles, want) => expect(navFor(apps, roles)).toEqual(want))

  test.each([['/', '/'], ['/orders', '/orders'], ['/orders/1', '/orders'], ['/restaurants/1', undefined], ['/ordersX', undefined]])('%s belongs to %s', (path, want) => {
    expect(currentItem([discover, orders], path)?.path).toBe(want)
  })
})
