import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { match, type Params } from './match.ts'

/** Fired on the window after navigate(). */
export const navigated = 'tiffin:navigated'
/** Fired on the window when a page says what it is: detail {title}. The shell moves the focus and reads it out. */
export const pageShown = 'tiffin:page'

/** Goes to a path of any micro frontend, without loading the page. */
export function navigate(path: string, { replace = false } = {}): void {
  if (replace) history.replaceState(history.state, '', path)
  else history.pushState(null, '', path)
  dispatchEvent(new Event(navigated))
}

/** Says what the page shows: the document's title, and what a screen reader hears on arrival. */
export function setPage(title: string): void {
  document.title = title ? `${title} · Tiffin` : 'Tiffin'
  dispatchEvent(new CustomEvent(pageShown, { detail: { title } }))
}

export interface Route {
  /** "/restaurants/:restaurant_id"; a last "*" takes the rest. */
  path: string
  render(params: Params, query: URLSearchParams): unknown
}

/** The pages of one micro frontend: a controller that renders the first route which fits the address, now and on change. */
export class Routes implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #routes: Route[]
  #last: (() => unknown) | undefined
  readonly #changed = () => this.#host.requestUpdate()

  constructor(host: ReactiveControllerHost, routes: Route[]) {
    this.#host = host
    this.#routes = routes
    host.addController(this)
  }

  hostConnected(): void {
    addEventListener('popstate', this.#changed)
    addEventListener(navigated, this.#changed)
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#changed)
    removeEventListener(navigated, this.#changed)
  }

  /**
   * What the current route renders. An address that none fits belongs to somebody else, and the shell is about to move
   * on: until then the last page stays.
   */
  outlet(): unknown {
    for (const route of this.#routes) {
      const params = match(route.path, location.pathname)
      if (!params) continue
      this.#last = () => route.render(params, new URLSearchParams(location.search))
      break
    }
    return this.#last?.()
  }
}
