import { announce, navigate, navigated, pageShown } from '@tiffin/kit'

/**
 * What a browser does by itself when a page loads, for pages that are only swapped: links lead on, the focus starts at the
 * top of what is new, the title is read out, and going back finds the old place on the page.
 */
export function watchArrivals(main: HTMLElement): void {
  history.scrollRestoration = 'manual'
  let path = location.pathname
  let pending: { scroll: number } | undefined

  document.addEventListener('click', (event) => {
    const target = linkOf(event)
    if (!target) return
    event.preventDefault()
    history.replaceState({ ...(history.state as object | null), scroll: scrollY }, '')
    if (target.href !== location.href) navigate(target.pathname + target.search + target.hash)
  })
  addEventListener(navigated, () => arrive(0))
  addEventListener('popstate', (event) => {
    if (!(event as Event & { singleSpa?: boolean }).singleSpa) arrive((event.state as { scroll?: number } | null)?.scroll ?? 0)
  })
  addEventListener(pageShown, (event) => {
    if (!pending) return
    const { scroll } = pending
    pending = undefined
    main.focus({ preventScroll: true })
    announce((event as CustomEvent<{ title: string }>).detail.title)
    if (scroll) scrollWhenLongEnough(scroll)
  })

  function arrive(scroll: number): void {
    if (location.pathname === path) return
    path = location.pathname
    pending = { scroll }
    if (!scroll) scrollTo(0, 0)
  }
}

// Content comes in over the wire; wait for it a little, and give up when the person scrolls.
function scrollWhenLongEnough(top: number): void {
  const deadline = performance.now() + 1500
  const stop = new AbortController()
  addEventListener('wheel', () => stop.abort(), { signal: stop.signal, passive: true })
  addEventListener('touchstart', () => stop.abort(), { signal: stop.signal, passive: true })
  const attempt = () => {
    if (stop.signal.aborted) return
    scrollTo(0, top)
    if (scrollY < top - 1 && performance.now() < deadline) requestAnimationFrame(attempt)
    else stop.abort()
  }
  requestAnimationFrame(attempt)
}

/** The link that a click follows within this site; undefined if the browser should have the click. */
function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const anchor = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.hasAttribute('href'))
  if (!anchor || anchor.target || anchor.hasAttribute('download') || anchor.origin !== location.origin) return undefined
  if (/^\/(mfe|api|auth)\//.test(anchor.pathname)) return undefined
  if (anchor.hash && anchor.pathname === location.pathname && anchor.search === location.search) return undefined
  return anchor
}
