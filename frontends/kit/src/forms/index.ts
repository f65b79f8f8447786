// Form controls, apart from the rest because only pages with forms need them (measured: 28 kB of the 150). They are Web
// Awesome's, in our tokens: wa-input, wa-textarea, wa-radio-group, wa-radio, wa-checkbox, wa-switch.
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js'
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js'
import '@awesome.me/webawesome/dist/components/input/input.js'
import '@awesome.me/webawesome/dist/components/radio-group/radio-group.js'
import '@awesome.me/webawesome/dist/components/radio/radio.js'
import '@awesome.me/webawesome/dist/components/switch/switch.js'
import '@awesome.me/webawesome/dist/components/textarea/textarea.js'

// Its icons would come from a CDN or from data: addresses, which the page's policy refuses: these are files of ours.
const ours: Record<string, string> = { check: 'check', 'circle-xmark': 'circle-x', indeterminate: 'minus', eye: 'eye', 'eye-slash': 'eye-off', 'chevron-down': 'chevron-down', xmark: 'x' }
const resolver = (name: string): string => `/mfe/kit/icons/${ours[name] ?? name}.svg`
registerIconLibrary('system', { resolver })
registerIconLibrary('default', { resolver })
