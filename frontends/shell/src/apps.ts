// What the shell knows of micro frontends: what their manifests said, merged into the page by the shell's server.

export interface NavItem {
  path: string
  label: string
  icon: string
  /** Shown to those who have one of these roles, of which `guest` is who is not signed in; to everybody, if there are none. */
  roles?: string[]
}

export interface App {
  name: string
  module: string
  element: string
  title: string
  /** Paths with ":name" segments; a last "*" takes the rest. */
  routes: string[]
  nav?: NavItem[]
  /** Mounted only for those who have one of these roles. */
  roles?: string[]
  order?: number
}

/** The apps of this page, in the order of the navigation. */
export function readApps(source: Document = document): App[] {
  const apps = JSON.parse(source.getElementById('tiffin-apps')?.textContent || '[]') as App[]
  return apps.sort((a, b) => (a.order ?? 100) - (b.order ?? 100) || a.name.localeCompare(b.name))
}

/** The navigation for somebody with these roles; without any, for who is not signed in. */
export function navFor(apps: readonly App[], roles: readonly string[]): NavItem[] {
  const mine = roles.length ? roles : ['guest']
  const open = (wanted: string[] | undefined) => !wanted?.length || wanted.some((role) => mine.includes(role))
  return apps.filter((app) => open(app.roles)).flatMap((app) => app.nav ?? []).filter((item) => open(item.roles))
}

/** Where somebody with these roles begins: at the first item of theirs. */
export const startFor = (apps: readonly App[], roles: readonly string[]): string => navFor(apps, roles)[0]?.path ?? '/'

/** Whether the app, which anybody may open, is made for others than those who have these roles. */
export const forOthers = (app: App, roles: readonly string[]): boolean => !app.roles?.length && !!app.nav?.length && !navFor([app], roles).length

/** The item that the path belongs to: the longest that it equals or lies below. */
export function currentItem(items: readonly NavItem[], path: string): NavItem | undefined {
  const fits = items.filter((item) => path === item.path || (item.path !== '/' && path.startsWith(`${item.path}/`)))
  return fits.sort((a, b) => b.path.length - a.path.length)[0]
}
