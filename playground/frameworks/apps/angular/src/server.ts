import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { AngularNodeAppEngine, writeResponseToNodeResponse } from '@angular/ssr/node'

const browser = join(import.meta.dirname, '../browser')
const engine = new AngularNodeAppEngine({ allowedHosts: ['localhost'] })

createServer(async (request, response) => {
  const { pathname } = new URL(request.url!, 'http://localhost')
  const file = await readFile(join(browser, pathname)).catch(() => undefined)
  if (file !== undefined) {
    const type = { js: 'text/javascript', wasm: 'application/wasm' }[pathname.split('.').at(-1)!]
    response.setHeader('Content-Type', type ?? 'application/octet-stream').end(file)
    return
  }
  const page = await engine.handle(request)
  if (page === null) response.writeHead(404).end()
  else writeResponseToNodeResponse(page, response)
}).listen(process.env['PORT'])
