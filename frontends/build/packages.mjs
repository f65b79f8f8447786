// The packages that are built, in order: those that others need first.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Every workspace that has a vite.config.ts. */
export function packages() {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return workspaces
    .map((name) => ({ name, dir: join(root, name) }))
    .filter(({ dir }) => existsSync(join(dir, 'vite.config.ts')))
    .map((item) => ({ ...item, pkg: JSON.parse(readFileSync(join(item.dir, 'package.json'), 'utf8')) }))
}
