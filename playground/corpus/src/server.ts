import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Bundle, folderOf, type Versions, wasm } from './bundle.ts'

/** A server on which each bundle has a page in both versions: `/plain/7/` and `/edited/7/`. */
export interface Corpus {
  url: string
  close: () => Promise<void>
}

const recorder = readFileSync(new URL('../page/recorder.js', import.meta.url))

/** Serves the pages of bundles. */
export async function serveCorpus(bundles: readonly Bundle[], versions: Versions[]): Promise<Corpus> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const [, version, index, file = ''] = /^\/(plain|edited)\/(\d+)\/(.*)$/.exec(pathname) ?? []
    const send = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { 'Content-Type': type }).end(body)
    }
    if (pathname === '/') return send('text/html', '<!doctype html>')
    if (pathname === '/recorder.js') return send('text/javascript', recorder)
    const bundle = bundles[Number(index)]
    if (bundle === undefined) return void response.writeHead(404).end()
    if (file === '') return send('text/html; charset=utf-8', pageOf(bundle))
    if (file === 'corpus.wasm') return send('application/wasm', wasm)
    if (file === 'data.json') return send('application/json', '{"answer":42}')
    if (file === bundle.from[1]) {
      return send('text/javascript', versions[Number(index)]![version as 'plain' | 'edited'])
    }
    try {
      const [, other, path] = /^of\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(file) ?? []
      const text = readFileSync(join(folderOf(other ?? bundle.from[0]), path ?? file))
      send(file.endsWith('.css') ? 'text/css' : 'text/javascript', text)
    } catch {
      response.writeHead(404).end()
    }
  })
  await once(server.listen(0, 'localhost'), 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function pageOf({ from: [, file], type, after = [] }: Bundle): string {
  const scripts = ['/recorder.js', ...after.map(([name, file]) => `of/${name}/${file}`)]
  if (type === 'script') scripts.push(file)
  const elements = scripts.map((src) => `<script src="${src}"></script>`)
  if (type === 'module') {
    elements.push(
      `<script type="module">import * as exports from './${file}'; window.bundleExports = exports</script>`,
    )
  }
  return `<!doctype html><html><head><meta charset="utf-8"></head><body><div id="app"></div>${elements.join('')}</body></html>`
}
