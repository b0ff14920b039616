import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { launch } from '@wasm-cos/harness'
import type { BrowserContext, Page } from 'playwright-core'
import { startCosHost, type CosHost } from '../host.ts'
import type { CosHostOptions } from '../options.ts'
import { definePageHelpers } from './page-helpers.ts'

/** A host, a browser, and two web servers whose pages include the host's script. */
export interface TestPages {
  host: CosHost
  context: BrowserContext
  /** The ports of the web servers; each answers as `localhost`, `127.0.0.1` and any `*.localhost`. */
  ports: [number, number]
  /** Opens `http://<authority><path>` in a new page. */
  open(authority: string, path?: string): Promise<Page>
  close(): Promise<void>
}

const blankPage = '<!doctype html><link rel="icon" href="data:,"><script src="/helpers.js"></script>'

/**
 * Starts all of it. A path's query goes to the script: `/?methods=requestFileHandles`; but for `allow`, which is the
 * page's own Cross-Origin-Storage-Allow-Origin header.
 */
export async function startTestPages(options: CosHostOptions = {}): Promise<TestPages> {
  const host = await startCosHost(options)
  const servers = [await startServer(host), await startServer(host)]
  const [first, second] = servers.map((server) => (server.address() as AddressInfo).port) as [number, number]
  const browser = await launch()
  const context = await browser.newContext()
  return {
    host,
    context,
    ports: [first, second],
    async open(authority, path = '/') {
      const page = await context.newPage()
      await page.goto(`http://${authority}${path}`)
      return page
    },
    async close() {
      await browser.close()
      await host.close()
      for (const server of servers) server.close()
    },
  }
}

async function startServer(host: CosHost): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const allow = url.searchParams.get('allow')
    if (allow !== null) response.setHeader('Cross-Origin-Storage-Allow-Origin', allow)
    url.searchParams.delete('allow')
    const script = `${host.scriptUrl}${url.search}`
    const self = `http://${request.headers.host}`
    const files: Record<string, [type: string, body: string]> = {
      '/': ['text/html', `${blankPage}<script src="${script}"></script>`],
      '/bare': ['text/html', blankPage],
      '/isolated': ['text/html', `${blankPage}<script src="${script}"></script>`],
      '/helpers.js': ['text/javascript', `(${definePageHelpers})()`],
      '/classic.js': ['text/javascript', `importScripts('/helpers.js', '${script}');${answerMessages}`],
      '/list.js': ['text/javascript', `importScripts('${self}/helpers.js', '${script}');${storeForOrigins}`],
      '/module.js': ['text/javascript', `import '/helpers.js';import '${script}';${answerMessages}`],
    }
    const file = files[url.pathname]
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    const [type, body] = file
    response.setHeader('Content-Type', type)
    if (url.pathname === '/isolated') {
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    }
    response.end(body)
  }).listen(0)
  await once(server, 'listening')
  return server
}

/** What a worker of any kind does: store and read back what it is sent, on the port that comes along. */
const answerMessages = `
  const answer = async ({ data, ports: [port] }) => port.postMessage([await write(data), await read(data)])
  self.onmessage = answer
  self.onconnect = ({ ports: [port] }) => (port.onmessage = answer)
`

/** What a worker does that stores `bytes` for the origin that it is sent. */
const storeForOrigins = `
  self.onmessage = async ({ data, ports: [port] }) => port.postMessage(await write('bytes', [data]))
`
