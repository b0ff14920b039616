import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers a request. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void

/** A server whose answers a test writes itself; {@link serveSite} is for files. */
export interface Server {
  port: number
  /** `http://localhost:PORT`, on this machine. */
  origin: string
  /** The paths that were asked for. */
  requested: string[]
  close(): Promise<void>
}

/** Starts a server: routes by path, or by the first folder of a path. */
export async function startServer(routes: Record<string, Route>): Promise<Server> {
  const requested: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    requested.push(pathname)
    const route = routes[pathname] ?? routes[`/${pathname.split('/')[1]}/`]
    if (route === undefined) response.writeHead(404).end()
    else route(request, response)
  }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://localhost:${port}`,
    requested,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A route that always sends the same. */
export function send(
  type: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  status = 200,
): Route {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers }).end(body)
  }
}

/** A page that loads classic scripts, in this order. */
export function html(...scripts: string[]): Route {
  return send('text/html', page(...scripts))
}

export function page(...scripts: string[]): string {
  const tags = scripts.map((url) => `<script src="${url}"></script>`)
  return `<!doctype html><html><head><link rel="icon" href="data:,">${tags.join('')}</head></html>`
}
