// Compresses a build once, as hard as it goes, so that the server never compresses while somebody waits.
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressible = /\.(js|css|svg|html|json|webmanifest|txt)$/
const smallest = 200 // below that the headers cost more than they save

const br = promisify(brotliCompress)
const gz = promisify(gzip)

/** Writes file.br and file.gz beside every text file in dir that gets smaller by it. */
export async function precompress(dir) {
  for (const item of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (!item.isFile() || !compressible.test(item.name) || item.name === 'mfe.json') continue
    const path = join(item.parentPath ?? item.path, item.name)
    const body = await readFile(path)
    if (body.length < smallest) continue
    const brotli = await br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    const zipped = await gz(body, { level: 9 })
    if (brotli.length < body.length) await writeFile(path + '.br', brotli)
    if (zipped.length < body.length) await writeFile(path + '.gz', zipped)
  }
}
