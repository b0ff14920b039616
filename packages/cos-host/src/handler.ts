import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { isHash, type Grant } from './entry.ts'
import { checkOrigins } from './origins.ts'
import { pageScript, type Api } from './page-script.ts'
import { Refusal } from './refusal.ts'
import type { Registry } from './registry.ts'

/** Every response: readable from any origin, under any embedder policy, never from a cache. */
const commonHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Cos-Type',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
}

const preflightHeaders = {
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Allow-Private-Network': 'true',
}

type Route = (exchange: Exchange) => Promise<void> | void

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/** Answers the host's requests; the page script is their only regular client. */
export function createHandler(registry: Registry, api: Api): RequestListener {
  const routes: Record<string, Route> = {
    async 'GET /cos.js'({ response, url }) {
      const script = await pageScript(url, api)
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

  return async (request, response) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
    try {
      await answer(routes, request, response)
    } catch (error) {
      // What is left of a refused upload has to be read, or the browser never reads the refusal.
      request.resume()
      if (response.headersSent || response.destroyed) response.destroy()
      else sendError(response, error)
    }
  }
}

async function answer(
  routes: Record<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = request.headers.host ?? ''
  if (!isLoopback(host))
    throw new Refusal('NotAllowedError', `This host answers on localhost only, not as "${host}".`)
  if (request.method === 'OPTIONS') {
    response.writeHead(204, preflightHeaders).end()
    return
  }
  const url = new URL(request.url ?? '/', `http://${host}`)
  const [, name] = url.pathname.split('/')
  const route = routes[`${request.method} /${name}`]
  if (route === undefined) {
    throw new Refusal(
      'NotFoundError',
      `There is no ${request.method} ${url.pathname}; there are ${Object.keys(routes).join(', ')}.`,
    )
  }
  await route({ request, response, url })
}

/** A foreign name that resolves to this machine (DNS rebinding) must not get in. */
function isLoopback(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  return /^(.+\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname)
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

function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value))
}

/** Errors travel by name, and the page script throws them again. */
function sendError(response: ServerResponse, error: unknown): void {
  const refusal = Refusal.from(error)
  response.statusCode = refusal.status
  sendJson(response, { name: refusal.name, message: refusal.message })
}
