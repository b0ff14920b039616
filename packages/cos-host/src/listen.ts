import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine's loopback interfaces, and nowhere else. */
export interface LoopbackServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1: `localhost` means either.
 *
 * @param port `0` for any free one.
 */
export async function listenOnLoopback(handler: RequestListener, port: number): Promise<LoopbackServer> {
  const first = await listen(handler, '127.0.0.1', port)
  const chosen = (first.address() as AddressInfo).port
  const servers = [first]
  try {
    servers.push(await listen(handler, '::1', chosen))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT') {
      await stop(first)
      // Another program has that port on the other interface: any port will do, so take the next.
      if (port === 0 && code === 'EADDRINUSE') return listenOnLoopback(handler, port)
      throw error
    }
  }
  return {
    port: chosen,
    async close() {
      await Promise.all(servers.map(stop))
    },
  }
}

async function listen(handler: RequestListener, address: string, port: number): Promise<Server> {
  const server = createServer(handler).listen(port, address)
  await once(server, 'listening')
  return server
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
