import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Refusal } from './refusal.ts'
import { createRoutes, sendJson, type Parts, type Routes } from './routes.ts'

/** Every response: readable from any origin, under any embedder policy, never from a cache. */
const commonHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
}

const preflightHeaders = {
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  'Access-Control-Allow-Private-Network': 'true',
}

/** Answers the host's requests; the page script is their only regular client. */
export function createHandler(parts: Parts): RequestListener {
  const routes = createRoutes(parts)
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

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = request.headers.host ?? ''
  if (!isLoopback(host)) {
    throw new Refusal('NotAllowedError', `This host answers on localhost only, not as "${host}".`)
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204, preflightHeaders).end()
    return
  }
  const url = new URL(`http://${host}${request.url}`)
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

/** Errors travel by name, and the page script throws them again. */
function sendError(response: ServerResponse, error: unknown): void {
  const refusal = Refusal.from(error)
  response.statusCode = refusal.status
  sendJson(response, { name: refusal.name, message: refusal.message })
}
