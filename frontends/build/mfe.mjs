// The Vite plugin that turns a package into a micro frontend: hashed files, shared libraries left to the import map, and
// dist/mfe.json, the only thing that the shell server and the shell ever learn about it.
import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { precompress } from './precompress.mjs'

// What every package shares through the import map instead of bundling it.
const shared = [/^lit($|\/)/, /^lit-html($|\/)/, /^lit-element($|\/)/, /^@lit\//, /^single-spa$/, /^@tiffin\/kit($|\/)/]

/**
 * @param {object} options
 * @param {string} options.name the package's folder below /mfe/
 * @param {Record<string, string>} [options.exposes] bare specifier → source file, for libraries
 * @param {object} [options.app] {entry, element, routes, title, nav?, roles?, order?}: a page of the shell
 * @param {Record<string, string>} [options.styles] name → css file that every page links, in order
 * @param {string[]} [options.preload] specifiers that a first visit needs at once
 * @param {string} [options.loader] the script that starts the page: the shell's
 * @param {RegExp[]} [options.external] what is left to the import map; what is shared, unless the package provides it
 * @param {string} [options.worker] the service worker: built as /sw.js
 * @param {string} [options.statics] a folder whose files are served from the root, by their own names
 * @param {RegExp[]} [options.fonts] the font files that a first visit needs at once
 */
export function microFrontend(options) {
  const { name, exposes = {}, app, styles = {}, preload = [], loader, worker, statics, fonts = [], external = shared } = options
  const own = new Set(Object.keys(exposes))
  const input = { ...keyed(exposes), ...styles }
  if (app) input.app = app.entry
  if (loader) input.loader = loader
  if (worker) input.sw = worker
  let outDir
  let publicDir
  return {
    name: 'tiffin-micro-frontend',
    config: () => ({
      base: `/mfe/${name}/`,
      publicDir: statics ?? false,
      build: {
        target: 'es2022', cssTarget: 'chrome123', modulePreload: false, assetsInlineLimit: 0, reportCompressedSize: false, cssCodeSplit: true,
        rollupOptions: {
          input,
          preserveEntrySignatures: 'strict',
          external: (id) => !own.has(id) && external.some((pattern) => pattern.test(id)),
          output: {
            entryFileNames: (chunk) => (worker && chunk.name === 'sw' ? 'sw.js' : '[name]-[hash].js'),
            chunkFileNames: '[name]-[hash].js',
            assetFileNames: '[name]-[hash][extname]',
          },
        },
      },
    }),
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
      publicDir = config.publicDir
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const url = (file) => `/mfe/${name}/${file}`
        const entry = (key) => {
          const chunk = chunks.find((file) => file.isEntry && file.name === key)
          if (!chunk) this.error(`${name}: the build has no entry called ${key}`)
          return url(chunk.fileName)
        }
        const manifest = { name, imports: {}, integrity: {}, css: [], preload: [] }
        for (const specifier of own) manifest.imports[specifier] = entry(entryName(specifier))
        for (const key of Object.keys(styles)) {
          const asset = Object.values(bundle).find((file) => file.type === 'asset' && file.fileName.endsWith('.css') && file.fileName.startsWith(`${key}-`))
          if (!asset) this.error(`${name}: the build has no stylesheet called ${key}`)
          manifest.css.push(url(asset.fileName))
        }
        const seen = new Set()
        const need = (chunk) => {
          if (!chunk || seen.has(chunk.fileName)) return
          seen.add(chunk.fileName)
          chunk.imports.forEach((file) => need(chunks.find((other) => other.fileName === file)))
        }
        for (const specifier of preload) need(chunks.find((chunk) => url(chunk.fileName) === manifest.imports[specifier]))
        if (loader) {
          manifest.loader = entry('loader')
          need(chunks.find((chunk) => url(chunk.fileName) === manifest.loader))
        }
        manifest.preload = [...seen].map(url)
        if (app) {
          const { entry: _source, ...page } = app
          manifest.app = { module: entry('app'), ...page }
        }
        const atRoot = [...(worker ? ['sw.js'] : []), ...(statics ? await files(publicDir) : [])]
        if (atRoot.length) manifest.roots = Object.fromEntries(atRoot.map((file) => [`/${file}`, file]))
        const emitted = Object.keys(bundle).filter((file) => fonts.some((pattern) => pattern.test(file)))
        if (emitted.length) manifest.fonts = emitted.map(url)
        for (const file of await files(outDir)) {
          if (/\.(js|css)$/.test(file)) manifest.integrity[url(file)] = await sha384(join(outDir, file))
        }
        await writeFile(join(outDir, 'mfe.json'), JSON.stringify(manifest, null, 2) + '\n')
        await precompress(outDir)
      },
    },
  }
}

const entryName = (specifier) => specifier.replace(/^@tiffin\//, '').replace(/\.js$/, '').replaceAll('/', '.').replaceAll('@', '')
const keyed = (exposes) => Object.fromEntries(Object.entries(exposes).map(([specifier, file]) => [entryName(specifier), file]))

async function files(dir, root = dir) {
  const found = []
  for (const item of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, item.name)
    if (item.isDirectory()) found.push(...(await files(path, root)))
    else found.push(relative(root, path))
  }
  return found.sort()
}

async function sha384(path) {
  return 'sha384-' + createHash('sha384').update(await readFile(path)).digest('base64')
}
