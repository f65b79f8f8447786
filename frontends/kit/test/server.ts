import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void

/** A real HTTP server on a free port that lives as long as the test; handlers answer one request each, the last one all others. */
export async function serve(...handlers: Handler[]): Promise<{ url: string; requests: (IncomingMessage & { body: string })[] }> {
  const requests: (IncomingMessage & { body: string })[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      const whole = Object.assign(request, { body })
      requests.push(whole)
      const handler = handlers[Math.min(requests.length, handlers.length) - 1]
      handler?.(whole, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

export const json = (body: unknown, headers: Record<string, string> = {}, status = 200): Handler => (_, response) => {
  response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers }).end(JSON.stringify(body))
}

/** Takes the request and hangs up. */
export const hangUp: Handler = (request) => void request.socket.destroy()

/** Begins an event stream with these pieces; `end` closes it, else it stays open. */
export const stream = (pieces: string[], { end = false } = {}): Handler => (_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for (const piece of pieces) response.write(piece)
  if (end) response.end()
}
