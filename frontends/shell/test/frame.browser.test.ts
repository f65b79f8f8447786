import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { announce, navigate, session, setBadge, setPage } from '@tiffin/kit'
import '@tiffin/kit'
import type { App } from '../src/apps.ts'
import { watchArrivals } from '../src/arrival.ts'
import { TiffinBar } from '../src/bar.ts'
import { startRouter } from '../src/router.ts'

// Two micro frontends as modules that a browser loads, and one whose module is not there.
const moduleOf = (element: string, title: string) =>
  URL.createObjectURL(new Blob([`customElements.define('${element}', class extends HTMLElement { connectedCallback() { this.innerHTML = '<h1>${title}</h1><a href="/frame/two/1">Two</a>' } })`], { type: 'text/javascript' }))

const app = (name: string, over: Partial<App>): App => ({ name, element: `test-${name}`, module: moduleOf(`test-${name}`, name), title: name, routes: [`/frame/${name}`], ...over })

const apps: App[] = [
  app('one', { nav: [{ path: '/frame/one', label: 'One', icon: 'utensils' }] }),
  app('two', { routes: ['/frame/two/:id'] }),
  app('broken', { module: '/no/such/module.js' }),
  app('closed', { roles: ['operations'], nav: [{ path: '/frame/closed', label: 'Closed', icon: 'gauge' }] }),
]

const asha = { persona_id: 'asha', name: 'Asha Rao', roles: ['customer'] }
const olga = { persona_id: 'olga', name: 'Olga Petrova', roles: ['operations'] }
const before = location.href
let main: HTMLElement
let bar: TiffinBar

beforeAll(() => {
  localStorage.clear()
  main = document.createElement('main')
  main.tabIndex = -1
  bar = document.createElement('tiffin-bar')
  bar.apps = apps
  document.body.append(bar, main)
  history.replaceState(null, '', '/frame/one')
  watchArrivals(main)
  startRouter(apps, main)
})
afterAll(() => {
  session.leave()
  history.replaceState(null, '', before)
})

const heading = () => main.querySelector('h1')?.textContent
const links = () => [...bar.shadowRoot!.querySelectorAll('nav a')].map((link) => link.textContent?.replace(/\s+/g, ' ').trim())

describe('the frame', () => {
  test('mounts the app that owns the address', async () => {
    await expect.poll(heading).toBe('one')
    expect(bar.shadowRoot!.querySelector('nav a[aria-current=page]')?.textContent).toContain('One')
  })

  test('follows a link to another app, and goes back', async () => {
    await userEvent.click(main.querySelector('a')!)
    await expect.poll(heading).toBe('two')
    expect(location.pathname).toBe('/frame/two/1')
    expect(main.children).toHaveLength(1)
    history.back()
    await expect.poll(heading).toBe('one')
  })

  test('moves the focus to what is new and says what it is', async () => {
    navigate('/frame/two/2')
    await expect.poll(heading).toBe('two')
    setPage('Second page')
    expect(document.activeElement).toBe(main)
    expect(document.title).toBe('Second page · Tiffin')
    await expect.poll(() => document.querySelector('t-announcer[aria-live=polite]')?.textContent).toBe('Second page')
    announce('')
  })

  test('shows that an app did not load, and the others go on', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    navigate('/frame/broken')
    await expect.poll(() => main.querySelector('t-problem')?.problem?.code).toBe('APP_LOAD')
    expect(log).toHaveBeenCalled()
    log.mockRestore()
    navigate('/frame/one')
    await expect.poll(heading).toBe('one')
    expect(main.querySelector('t-problem')).toBeNull()
  })

  test('says that there is no such page', async () => {
    navigate('/frame/nowhere')
    await expect.poll(() => main.querySelector('t-empty')?.heading).toBe('This tier is empty')
    expect(document.title).toBe('Page not found · Tiffin')
  })

  test('keeps an app for those who may see it', async () => {
    expect(links()).toEqual(['One'])
    navigate('/frame/closed')
    await expect.poll(() => main.querySelector('t-empty')?.textContent).toContain('operations')
    session.choose(olga)
    await expect.poll(heading).toBe('closed')
    await expect.poll(links).toEqual(['One', 'Closed'])
    session.choose(asha)
    await expect.poll(() => main.querySelector('t-empty')?.textContent).toContain('operations')
  })

  test('shows who is here and a count on its navigation', async () => {
    setBadge('/frame/one', 3)
    await expect.poll(links).toEqual(['3 One (3)'])
    expect(bar.shadowRoot!.querySelector('.person')?.getAttribute('aria-label')).toBe('You are Asha Rao. Change')
  })

  test('asks who one is when something needs to know', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({ personas: [asha, olga] }))
    session.ask()
    const people = bar.shadowRoot!.querySelector('tiffin-people')!
    await expect.poll(() => people.shadowRoot!.querySelectorAll('li button').length).toBe(2)
    await userEvent.click([...people.shadowRoot!.querySelectorAll<HTMLElement>('li button')][1]!)
    expect(session.persona).toEqual(olga)
    await expect.poll(() => people.shadowRoot!.querySelector('t-sheet')?.open).toBe(false)
    fetched.mockRestore()
  })
})
