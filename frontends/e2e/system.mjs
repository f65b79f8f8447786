// Runs the built system with nothing in it but the demo city, on ports that are free.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const readyLine = /^tiffin ready /m

async function freePorts() {
  const servers = [createServer(), createServer()]
  const ports = await Promise.all(servers.map((server) => new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server.address().port)))))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Resolves once the system is ready; data is its directory, and stop() ends it and removes that. */
export async function start() {
  const [http, grpc] = (await freePorts()).map((port) => `127.0.0.1:${port}`)
  const data = await mkdtemp(join(tmpdir(), 'tiffin-e2e-'))
  const child = spawn(join(root, 'bin/e2e/local'), { cwd: root, env: { ...process.env, TIFFIN_DATA_DIR: data, TIFFIN_HTTP_ADDR: http, TIFFIN_GRPC_ADDR: grpc, TIFFIN_SANDBOX_ADDR: '127.0.0.1:0', TIFFIN_SIM: 'off' } })
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(data, { recursive: true, force: true })
    if (log.includes('DATA RACE')) throw new Error(`the system has a data race:\n${log}`)
  }
  let [said, log] = ['', '']
  child.stderr.on('data', (chunk) => (log = (log + chunk).slice(-8000)))
  const ready = new Promise((resolve) => child.stdout.on('data', (chunk) => readyLine.test((said += chunk)) && resolve(true)))
  if (!(await Promise.race([ready, ended.then(() => false)]))) {
    await stop()
    throw new Error(`the system ended before it was ready:\n${log}`)
  }
  return { url: `http://${http}`, grpc, data, stop }
}

export async function json(url, init) {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Sends what a restaurant would: confirm, reject, complete or cancel. */
export async function command(system, name, orderId) {
  const { personas } = await json(`${system.url}/auth/personas`)
  const operator = personas.find((persona) => persona.roles.includes('operations'))
  const { access_token } = await json(`${system.url}/auth/personas/${operator.persona_id}:token`, { method: 'POST' })
  await run(join(root, 'bin/e2e/ordercmd'), ['-addr', system.grpc, '-token', access_token, name, orderId], { cwd: root })
}

/** A restaurant that takes orders now, one of its items that needs no choice, and how many reach the minimum. */
export async function somethingToOrder({ url }) {
  const here = 'latitude=52.52&longitude=13.405'
  const { restaurants } = await json(`${url}/api/customer/v1/restaurants?${here}&open_only=true`)
  const found = []
  for (const { restaurant_id } of restaurants) {
    const restaurant = await json(`${url}/api/customer/v1/restaurants/${restaurant_id}?${here}`)
    if (!restaurant.delivers_here || !restaurant.summary.open_now) continue
    const minimum = Number(restaurant.summary.minimum_order?.minor_units ?? 0)
    for (const { item, sold_out } of (restaurant.sections ?? []).flatMap((section) => section.items ?? [])) {
      const price = Number(item.price.minor_units)
      if (sold_out || !price || item.option_groups?.some((group) => group.min_choices > 0)) continue
      found.push({ id: restaurant_id, name: restaurant.summary.name, closes: restaurant.summary.closes_at, item: item.name, times: Math.max(1, Math.ceil(minimum / price)) })
    }
  }
  // One that closes in the middle of the test would fail it: the one that is open longest comes first.
  const until = (choice) => (choice.closes ? Date.parse(choice.closes) : Infinity)
  const [best] = found.sort((a, b) => (until(a) === until(b) ? a.times - b.times : until(b) - until(a)))
  if (!best) throw new Error('no restaurant of the demo city takes an order now')
  return best
}
