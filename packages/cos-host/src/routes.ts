import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isHash, type Grant } from './entry.ts'
import type { Gates } from './gates.ts'
import { toGrant } from './origins.ts'
import { pageScript, type PageOptions } from './page-script.ts'
import { Refusal } from './refusal.ts'
import type { Registry } from './registry.ts'

/** A request on its way to its answer. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/** The routes by method and first folder of the path. What a route throws is the answer, as an error. */
export type Routes = Record<string, (exchange: Exchange) => Promise<void> | void>

/** What the routes work with. */
export interface Parts {
  registry: Registry
  gates: Gates
  /** What the page script is told unless its URL says otherwise. */
  page: PageOptions
}

/** What the host answers: its script, its list of entries, and the page script's questions by hash. */
export function createRoutes({ registry, gates, page }: Parts): Routes {
  return {
    async 'GET /cos.js'({ response, url }) {
      const script = await pageScript(url, page)
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(script)
    },
    'GET /entries'({ response }) {
      sendJson(response, registry.list())
    },
    async 'DELETE /entries'({ response }) {
      await registry.clear()
      gates.reset()
      response.writeHead(204).end()
    },
    'POST /lookup'({ request, response, url }) {
      const hash = hashOf(url)
      sendJson(response, gates.look(registry.find(hash), hash, originOf(request)))
    },
    async 'POST /read'({ request, response, url }) {
      const entry = registry.find(hashOf(url))
      if (entry === undefined || !gates.reads(entry, originOf(request)))
        throw new Refusal('NotFoundError', 'The file is gone, or no longer visible to this origin.')
      response.writeHead(200, {
        'Content-Type': 'application/octet-stream',
        'Content-Length': entry.size,
      })
      await pipeline(registry.read(entry), response)
    },
    async 'POST /write'({ request, response, url }) {
      const store = { hash: hashOf(url), origin: originOf(request), grant: grantOf(url) }
      sendJson(response, await registry.store(store, request))
    },
  }
}

/** The origin in the browser's words; every browser sends it with POST. */
function originOf(request: IncomingMessage): string {
  const { origin } = request.headers
  if (origin === 'null') {
    throw new Refusal(
      'NotAllowedError',
      'An opaque origin (a sandboxed frame, a data: worker) has no storage.',
    )
  }
  if (origin !== undefined && URL.canParse(origin)) return origin
  throw new Refusal(
    'NotAllowedError',
    'The request has no Origin header. Browsers send one; other clients have to as well.',
  )
}

function hashOf(url: URL): string {
  const hash = url.pathname.split('/')[2] ?? ''
  if (!isHash(hash)) throw new TypeError(`"${hash}" is not a SHA-256 in 64 lowercase hexadecimal digits.`)
  return hash
}

function grantOf(url: URL): Grant | undefined {
  const text = url.searchParams.get('origins')
  if (text === null) return undefined
  const origins: unknown = JSON.parse(text)
  if (origins === '*' || (Array.isArray(origins) && origins.every((origin) => typeof origin === 'string')))
    return toGrant(origins)
  throw new TypeError(`"origins" is ${text}: it can be "*" or a list of origins.`)
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value))
}
