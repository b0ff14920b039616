import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import sirv from 'sirv'

// Plain JavaScript, because `npm start` runs it on Node 20, which does not read TypeScript.

/**
 * @typedef {object} ServeOptions
 * @property {number} [port] The port to listen on. Without it, or where it is taken, any free one.
 * @property {(text: string) => string} [html] Edits each HTML file on its way out; the file on disk stays.
 * @property {string} [workers] A script that every worker runs first, for instance that of the COS host.
 * @property {(path: string) => Record<string, string>} [headers] Adds or replaces headers of a file's response.
 */

/**
 * @typedef {object} LoggedRequest
 * @property {string} method The request's method.
 * @property {string} path The path and query asked for.
 * @property {number} status The status answered; 0 until then.
 */

/**
 * @typedef {object} Site
 * @property {string} url The origin with a slash: `http://localhost:4101/`.
 * @property {LoggedRequest[]} requests Every request that reached the server, oldest first.
 * @property {(pattern: RegExp) => string[]} requested The requested paths that match, oldest first.
 * @property {() => void} forget Empties the log.
 * @property {() => Promise<void>} close Stops the server; open connections are cut.
 */

/**
 * Serves a folder on its own origin, as a static host would: right content types (`application/wasm`), ranges,
 * nothing cached over HTTP, so that every byte that does not come from COS is a request in the log.
 *
 * @param {string} folder The folder; read at each request, so that it may be rebuilt while it is served.
 * @param {ServeOptions} [options] Where to listen, and what to change on the way out.
 * @returns {Promise<Site>} The running server.
 */
export async function serve(folder, { port = 0, html, workers, headers } = {}) {
  const root = resolve(folder)
  /** @type {LoggedRequest[]} */
  const requests = []
  const files = sirv(root, {
    dev: true,
    setHeaders(response, pathname) {
      for (const [name, value] of Object.entries(headers?.(pathname) ?? {})) response.setHeader(name, value)
    },
  })

  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/' } = request
    const logged = { method, path, status: 0 }
    requests.push(logged)
    response.on('close', () => (logged.status = response.statusCode))
    // Browsers say what a request is for.
    if (workers !== undefined && /^(shared)?worker$/.test(String(request.headers['sec-fetch-dest']))) {
      const script = readText(root, path)
      if (script !== undefined) {
        response.writeHead(200, {
          'Content-Type': 'text/javascript; charset=utf-8',
          'Cache-Control': 'no-store',
          ...headers?.(path),
        })
        response.end(`${workers}\n;${script}`)
        return
      }
    }
    const page = html === undefined ? undefined : readPage(root, path)
    if (html === undefined || page === undefined) {
      files(request, response, () => void response.writeHead(404).end())
      return
    }
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      ...headers?.(path),
    })
    response.end(html(page))
  })

  await listen(server, port)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error(`${folder} is not served on a port.`)
  return {
    url: `http://localhost:${address.port}/`,
    requests,
    requested: (pattern) => requests.map(({ path }) => path).filter((path) => pattern.test(path)),
    forget: () => requests.splice(0),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/**
 * The text of the HTML file that a path names, if it names one.
 *
 * @param {string} root The served folder.
 * @param {string} path The path and query asked for.
 */
function readPage(root, path) {
  const { pathname } = new URL(path, 'http://localhost')
  const file = join(root, pathname.endsWith('/') ? `${pathname}index.html` : pathname)
  return file.endsWith('.html') ? readText(root, file.slice(root.length)) : undefined
}

/**
 * The text of the file that a path names, if it names one.
 *
 * @param {string} root The served folder.
 * @param {string} path The path and query asked for.
 */
function readText(root, path) {
  try {
    return readFileSync(join(root, new URL(path, 'http://localhost').pathname), 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Listens on a port, or on any free one where it is taken.
 *
 * @param {import('node:http').Server} server The server to start.
 * @param {number} port The port to try first.
 */
async function listen(server, port) {
  try {
    await once(server.listen(port, 'localhost'), 'listening')
  } catch (error) {
    if (port === 0 || !isTaken(error)) throw error
    await once(server.listen(0, 'localhost'), 'listening')
  }
}

/**
 * Whether a port could not be had because somebody else has it.
 *
 * @param {unknown} error What `listen` failed with.
 */
function isTaken(error) {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

/**
 * An `html` option that puts a classic script first into `<head>`, before anything else of the page runs.
 *
 * @param {string} url The script's URL, for instance the COS host's `scriptUrl`.
 * @returns {(text: string) => string} The edit.
 */
export function withScript(url) {
  return (text) => {
    const edited = text.replace(/<head(\s[^>]*)?>/i, (head) => `${head}<script src="${url}"></script>`)
    if (edited === text) throw new Error(`No <head> to put ${url} into: write one in the page's HTML.`)
    return edited
  }
}
