// Builds every package, or those that are named: node build/build-all.mjs [--watch] [package…]
import { build } from 'vite'
import { unresolved } from './imports.mjs'
import { packages } from './packages.mjs'

const names = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const watch = process.argv.includes('--watch') ? {} : null
const chosen = packages().filter(({ name }) => names.length === 0 || names.includes(name))
const unknown = names.filter((name) => !chosen.some((item) => item.name === name))
if (unknown.length) {
  console.error(`no such package: ${unknown.join(', ')} (there are ${packages().map((item) => item.name).join(', ')})`)
  process.exit(1)
}
for (const { name, dir } of chosen) {
  const started = performance.now()
  try {
    await build({ root: dir, configFile: `${dir}/vite.config.ts`, logLevel: 'warn', build: { watch, emptyOutDir: true } })
  } catch (error) {
    console.error(`${name} did not build: ${error.message}`)
    process.exit(1)
  }
  console.log(`${name.padEnd(10)} built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
const missing = watch ? [] : unresolved()
if (missing.length) {
  console.error(missing.join('\n'))
  process.exit(1)
}
