// What the kit's build draws from other packages: icons as one module, dish pictures as files of our own.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { formIcons, icons } from './icons.ts'

const require = createRequire(import.meta.url)

interface IconSet {
  width?: number
  height?: number
  icons: Record<string, { body: string; width?: number; height?: number }>
}

/** virtual:tiffin/icons is a map of icon name → the inside of a 24 × 24 stroked svg. */
function iconModule(): string {
  const inside = icons.map((name) => {
    const svg = readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s+/g, ' ').replaceAll('> <', '><').trim()
    return [name, body] as const
  })
  return `export default ${JSON.stringify(Object.fromEntries(inside))}`
}

/** Every picture of food and drink, by name. */
export function dishes(): Map<string, string> {
  const set = require('@iconify-json/fluent-emoji-flat/icons.json') as IconSet
  const { categories } = require('@iconify-json/fluent-emoji-flat/metadata.json') as { categories: Record<string, string[]> }
  const names = [...(categories['Food & Drink'] ?? [])].sort()
  return new Map(
    names.map((name) => {
      const icon = set.icons[name]
      if (!icon) throw new Error(`the picture set lists ${name} but does not draw it`)
      const [width, height] = [icon.width ?? set.width ?? 32, icon.height ?? set.height ?? 32]
      return [name, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${icon.body}</svg>\n`]
    }),
  )
}

export function kitAssets(): Plugin {
  const pictures = dishes()
  const version = createHash('sha256').update([...pictures.values()].join('')).digest('base64url').slice(0, 8)
  const modules: Record<string, () => string> = {
    'virtual:tiffin/icons': iconModule,
    'virtual:tiffin/dishes': () => `export const base = '/mfe/kit/dishes-${version}/'\nexport const names = ${JSON.stringify([...pictures.keys()])}`,
  }
  return {
    name: 'tiffin-kit-assets',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load: (id) => modules[id.slice(1)]?.(),
    generateBundle() {
      for (const name of formIcons) this.emitFile({ type: 'asset', fileName: `icons/${name}.svg`, source: readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8') })
      for (const [name, svg] of pictures) this.emitFile({ type: 'asset', fileName: `dishes-${version}/${name}.svg`, source: svg })
    },
  }
}
