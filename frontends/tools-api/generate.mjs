// Turns every gen/openapi/**/*.swagger.json that describes an API into gen/ts/<audience>.ts:
//   OpenAPI 2 → swagger2openapi → OpenAPI 3 → openapi-typescript.
// It lives in a workspace of its own because openapi-typescript needs TypeScript 5, which npm nests here.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import converter from 'swagger2openapi'

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const [from = join(top, 'gen/openapi'), to = join(top, 'gen/ts')] = process.argv.slice(2).map((path) => resolve(path))

const files = (await readdir(from, { recursive: true })).filter((file) => file.endsWith('.swagger.json')).sort()
if (files.length === 0) {
  console.error(`no *.swagger.json below ${from}: generate the OpenAPI files first`)
  process.exit(1)
}
await rm(to, { recursive: true, force: true })
await mkdir(to, { recursive: true })
for (const file of files) {
  const swagger = JSON.parse(await readFile(join(from, file), 'utf8'))
  if (Object.keys(swagger.paths ?? {}).length === 0) continue // messages only: no API of its own
  const { openapi } = await converter.convertObj(swagger, { patch: true, warnOnly: false })
  const types = astToString(await openapiTS(openapi, { alphabetize: true }))
  const name = basename(file, '.swagger.json')
  await writeFile(join(to, `${name}.ts`), `// Generated from ${file.replaceAll('\\', '/')}. Do not edit.\n\n${types}`)
  console.log(`gen/ts/${name}.ts`)
}
