import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isHash, type Grant } from './entry.ts'
import { checkOrigins } from './origins.ts'
import { pageScript, type PageShape } from './page-script.ts'
import { Refusal } from './refusal.ts'
import type { Registry } from './registry.ts'

/** A request on its way to its answer. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/** By method and first folder of the path; whoever throws is answered with the error. */
export type Routes = Record<string, (exchange: Exchange) => Promise<void> | void>

/** What the host answers: its script, its list of entries, and the page script's questions by hash. */
export function createRoutes(registry: Registry, shape: PageShape): Routes {
  return {
    async 'GET /cos.js'({ response, url }) {
      const script = await pageScript(url, shape)
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(script)
    },
    'GET /entries'({ response }) {
      sendJson(response, registry.list())
    },
    async 'DELETE /entries'({ response }) {
      await registry.clear()
      response.writeHead(204).end()
    },
    'POST /lookup'({ request, response, url }) {
      sendJson(response, { found: registry.find(hashOf(url), originOf(request)) !== undefined })
    },
    async 'POST /read'({ request, response, url }) {
      const entry = registry.find(hashOf(url), originOf(request))
      if (entry === undefined)
        throw new Refusal('NotFoundError', 'The file is gone, or no longer visible to this origin.')
      response.writeHead(200, {
        'Content-Type': 'application/octet-stream',
        'Content-Length': entry.size,
        'Cos-Type': entry.type,
      })
      await pipeline(registry.read(entry), response)
    },
    async 'POST /write'({ request, response, url }) {
      const origin = originOf(request)
      if (origin === 'null') {
        throw new Refusal(
          'NotAllowedError',
          'An opaque origin (a sandboxed frame, a data: worker) cannot store.',
        )
      }
      const store = { hash: hashOf(url), origin, origins: grantOf(url), type: typeOf(url) }
      if (!(await registry.store(store, request))) {
        throw new Refusal(
          'DataError',
          `The bytes written do not have the SHA-256 ${store.hash}; nothing was stored.`,
        )
      }
      response.writeHead(204).end()
    },
  }
}

/** The origin in the browser's words; every browser sends it with POST. */
function originOf(request: IncomingMessage): string {
  const { origin } = request.headers
  if (origin === 'null' || (origin !== undefined && URL.canParse(origin))) return origin
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
  checkOrigins(origins)
  return origins
}

function typeOf(url: URL): string {
  const type = url.searchParams.get('type') ?? ''
  if (!/^[\x20-\x7E]*$/.test(type)) throw new TypeError(`"${type}" is not a media type.`)
  return type
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value))
}
