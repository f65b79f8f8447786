// Weighs what was built, in bytes of brotli as a browser loads it: every package against the budget in its package.json,
// `"size": {"brotli": bytes, "apart": [file name prefixes that no customer loads]}`, and all that a first visit to the
// customer pages can load, lazy parts included, against 150 kB. Fails when something is over.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packages } from './packages.mjs'

const visitBudget = 150_000
const onVisit = new Set(['vendor', 'kit', 'shell', 'customer'])

const brotli = (file) => readFileSync(existsSync(`${file}.br`) ? `${file}.br` : file).length
const gzip = (file) => gzipSync(readFileSync(file), { level: 9 }).length
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0)
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10)

let over = false
let visit = 0
console.log(`${'package'.padEnd(14)}${'brotli'.padStart(10)}${'gzip'.padStart(10)}${'budget'.padStart(10)}`)
for (const { name, dir, pkg } of packages()) {
  const dist = join(dir, 'dist')
  if (!existsSync(join(dist, 'mfe.json'))) {
    console.error(`${name} is not built: npm run build`)
    process.exit(1)
  }
  const { brotli: budget = 0, apart = [] } = pkg.size ?? {}
  const scripts = readdirSync(dist).filter((file) => file.endsWith('.js') && !apart.some((prefix) => file.startsWith(prefix))).map((file) => join(dist, file))
  const bytes = sum(scripts.map(brotli))
  if (onVisit.has(name)) visit += bytes
  if (bytes > budget) over = true
  console.log(`${name.padEnd(14)}${kB(bytes)}${kB(sum(scripts.map(gzip)))}${kB(budget)}${bytes > budget ? (budget ? '  over its budget' : '  has no budget in its package.json') : ''}`)
}
console.log(`${'first visit'.padEnd(14)}${kB(visit)}${' '.repeat(10)}${kB(visitBudget)}${visit > visitBudget ? '  over' : ''}`)
process.exit(over || visit > visitBudget ? 1 : 0)
