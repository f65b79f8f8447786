import { defineConfig, type Plugin } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'
import { specifiers } from './specifiers.ts'

// Each shared specifier becomes an entry that re-exports the real module, so that all of them share one copy of its parts.
const reexport: Plugin = {
  name: 'tiffin-reexport',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('shared:') ? `\0${id}.js` : undefined),
  load(id) {
    if (!id.startsWith('\0shared:')) return
    const specifier = id.slice('\0shared:'.length, -'.js'.length)
    return `export * from '${specifier}'`
  },
}

export default defineConfig({
  plugins: [
    reexport,
    microFrontend({
      name: 'vendor',
      exposes: Object.fromEntries(specifiers.map((specifier) => [specifier, `shared:${specifier}`])),
      external: [], // it is where the shared modules come from
      preload: ['lit', 'single-spa'],
    }),
  ],
})
