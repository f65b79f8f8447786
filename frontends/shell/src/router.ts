import { addErrorHandler, registerApplication, start, triggerAppChange } from 'single-spa'
import { asProblem, match, navigate, personaChanged, Problem, session, setPage } from '@tiffin/kit'
import { forOthers, startFor, type App } from './apps.ts'

/** Which app owns a path; undefined is a page that does not exist. */
export const appAt = (apps: readonly App[], path: string): App | undefined => apps.find((app) => app.routes.some((route) => match(route, path)))

const allowed = (app: App): boolean => !app.roles?.length || app.roles.some((role) => session.has(role))

/**
 * Mounts the app that owns the address into main, and whatever the shell itself has to say there: no such page, not for
 * you, did not load. One app's failure stays its own: the others, and the frame, go on.
 */
export function startRouter(apps: readonly App[], main: HTMLElement): void {
  for (const app of apps) {
    let element: HTMLElement | undefined
    registerApplication({
      name: app.name,
      activeWhen: (location) => appAt(apps, location.pathname) === app && allowed(app),
      app: async () => {
        const patience = setTimeout(() => appAt(apps, location.pathname) === app && main.replaceChildren(loading(app)), 250)
        await import(/* @vite-ignore */ app.module).finally(() => clearTimeout(patience))
        return {
          bootstrap: async () => {},
          mount: async () => {
            element = document.createElement(app.element)
            main.replaceChildren(element)
          },
          unmount: async () => {
            element?.remove()
            element = undefined
          },
        }
      },
    })
  }
  addErrorHandler((error) => {
    console.error(error)
    const app = apps.find((candidate) => candidate.name === error.appOrParcelName)
    if (app && appAt(apps, location.pathname) === app) main.replaceChildren(failed(app, error))
  })
  addEventListener('single-spa:routing-event', () => {
    const app = appAt(apps, location.pathname)
    if (!app) main.replaceChildren(missing())
    else if (!allowed(app)) main.replaceChildren(closed(app))
  })
  session.addEventListener(personaChanged, () => {
    const app = appAt(apps, location.pathname)
    const roles = session.persona?.roles ?? []
    if (app && forOthers(app, roles)) navigate(startFor(apps, roles))
    else void triggerAppChange()
  })
  start({ urlRerouteOnly: true })
}

function loading(app: App): HTMLElement {
  const element = document.createElement('t-stack')
  element.className = 'loading'
  element.steps = 3
  element.done = 1
  element.label = `Loading ${app.title}`
  return element
}

function failed(app: App, error: unknown): HTMLElement {
  const element = document.createElement('t-problem')
  element.level = 1
  element.heading = `“${app.title}” didn’t load`
  element.problem = new Problem({ code: 'APP_LOAD', detail: 'The rest of Tiffin still works. Check your connection and try again.' }, { cause: asProblem(error) })
  element.retry = true
  // Browsers may remember that a module failed to load; a new page does not.
  element.addEventListener('t-retry', () => location.reload())
  setPage(app.title)
  return element
}

function missing(): HTMLElement {
  const element = document.createElement('t-empty')
  element.level = 1
  element.heading = 'This tier is empty'
  const tin = document.createElement('t-stack')
  tin.slot = 'picture'
  tin.steps = 3
  tin.done = -1
  tin.label = 'An empty tiffin'
  element.append(tin, 'There is no page at this address. It may have moved, or the link may have a typo.', button('Back to the start', { href: '/' }))
  setPage('Page not found')
  return element
}

function closed(app: App): HTMLElement {
  const element = document.createElement('t-empty')
  element.level = 1
  element.heading = app.title
  element.dish = 'bento-box'
  const pick = button('Choose who you are', {})
  pick.addEventListener('click', () => session.ask())
  element.append(`This part is for people with the role ${app.roles?.join(' or ')}.`, pick)
  setPage(app.title)
  return element
}

function button(text: string, { href = '' }): HTMLElement {
  const element = document.createElement('t-button')
  element.slot = 'actions'
  element.variant = 'primary'
  element.href = href
  element.textContent = text
  return element
}
