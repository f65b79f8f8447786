// Where the page starts: the frame, then the router, then the service worker, then word of who is here.
import { session } from '@tiffin/kit'
import { readApps } from './apps.ts'
import { watchArrivals } from './arrival.ts'
import './bar.ts'
import { startRouter } from './router.ts'
import { keepOffline } from './offline.ts'
import { keepPlace } from './presence.ts'

const apps = readApps()
const main = document.getElementById('main')
const bar = document.querySelector('tiffin-bar')
if (!main || !bar) throw new Error('the page has no main or no bar: it was not made by the shell’s server')

bar.apps = apps
watchArrivals(main)
startRouter(apps, main)
keepOffline()
keepPlace(session)

declare global {
  interface HTMLElementTagNameMap { 'tiffin-bar': import('./bar.ts').TiffinBar }
}
