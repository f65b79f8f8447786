// Finds, before a browser does, what a build imports by a bare name that no build provides.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages } from './packages.mjs'

const fromOrImport = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"'./][^"']*)["']/g

/** Returns one line for each import that the page's import map would not resolve. */
export function unresolved() {
  const built = packages().filter(({ dir }) => existsSync(join(dir, 'dist/mfe.json')))
  const provided = new Set(built.flatMap(({ dir }) => Object.keys(JSON.parse(readFileSync(join(dir, 'dist/mfe.json'), 'utf8')).imports)))
  const lines = new Set()
  for (const { name, dir } of built) {
    for (const file of readdirSync(join(dir, 'dist')).filter((item) => item.endsWith('.js'))) {
      for (const [, specifier] of readFileSync(join(dir, 'dist', file), 'utf8').matchAll(fromOrImport)) {
        if (/^(@?[a-z][\w.-]*)(\/[\w./-]+)?$/.test(specifier) && !provided.has(specifier)) lines.add(`${name} imports ${specifier}, which no build provides: add it to vendor/specifiers.ts`)
      }
    }
  }
  return [...lines].sort()
}
