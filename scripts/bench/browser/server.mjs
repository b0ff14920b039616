import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * How fast the network pretends to be.
 *
 * @typedef {object} Network
 * @property {number} megabits A second; `Infinity` for loopback.
 * @property {number} latency Milliseconds before the first byte.
 */

/** @typedef {{ type: string, body: string | Buffer | URL, isShaped?: boolean }} Resource */

/**
 * Serves resources at loopback, and wasm at the speed of a network. Below `/cached/`, the same files may be kept by
 * the HTTP cache; elsewhere nothing is.
 *
 * @param {Record<string, Resource>} resources By path; a `URL` names a file.
 * @param {Network} network For those that are shaped.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} Its origin, and how it ends.
 */
export async function serve(resources, network) {
  const server = createServer(async (request, response) => {
    const path = new URL(/** @type {string} */ (request.url), 'http://localhost').pathname
    const isCached = path.startsWith('/cached/')
    const resource = resources[isCached ? path.slice('/cached'.length) : path]
    if (resource === undefined) {
      response.writeHead(404).end()
      return
    }
    const body = await bytesOf(resource)
    response.writeHead(200, {
      'Content-Type': resource.type,
      'Content-Length': body.length,
      'Cache-Control': isCached ? 'public, max-age=31536000, immutable' : 'no-store',
      // Isolated pages have a clock of 5 µs; the others of 100 µs.
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    if (resource.isShaped && network.megabits < Infinity) await sendSlowly(response, body, network)
    response.end(resource.isShaped && network.megabits < Infinity ? undefined : body)
  })
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** @param {Resource} resource Whose content is wanted. */
async function bytesOf({ body }) {
  if (body instanceof URL) return readFile(body)
  return typeof body === 'string' ? Buffer.from(body) : body
}

/**
 * Sends what would have arrived by now, again and again.
 *
 * @param {import('node:http').ServerResponse} response Whose head is written.
 * @param {Buffer} body What to send.
 * @param {Network} network How fast.
 */
async function sendSlowly(response, body, { megabits, latency }) {
  response.flushHeaders()
  await delay(latency)
  const bytesPerMillisecond = (megabits * 1e6) / 8 / 1000
  const start = performance.now()
  for (let sent = 0; sent < body.length; await delay(1)) {
    const due = Math.min(body.length, Math.ceil((performance.now() - start) * bytesPerMillisecond))
    if (due > sent) response.write(body.subarray(sent, due))
    sent = due
  }
}
