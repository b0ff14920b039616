import { fileURLToPath } from 'node:url'
import { startCosHost } from '@wasm-cos/cos-host'
import { serve, withScript } from '@wasm-cos/harness/serve'
import { builds, outputOf } from './builds.mjs'

/** Where the index page is, if nobody else is there; the COS host and the builds follow. */
const firstPort = 4100

/**
 * @typedef {object} Showcase
 * @property {string} url The index page.
 * @property {{ name: string, url: string }[]} builds Each build and its origin.
 * @property {import('@wasm-cos/cos-host').CosHost} host The Cross-Origin Storage they share.
 * @property {() => Promise<void>} close Stops all servers.
 */

/**
 * Serves every build on an origin of its own, with a Cross-Origin Storage for browsers that have none, and the page
 * that opens them side by side.
 *
 * @returns {Promise<Showcase>} What is running.
 */
export async function startShowcase() {
  const host = await startCosHost()
  const html = withScript(host.scriptUrl)
  const sites = await Promise.all(
    builds.map((build, index) => serve(outputOf(build), { html, headers, port: firstPort + 1 + index })),
  )
  const served = builds.map(({ name }, index) => ({ name, url: sites[index]?.url ?? '' }))
  const settings = JSON.stringify({ builds: served, entries: `${host.url}/entries` })
  const index = await serve(fileURLToPath(new URL('../public', import.meta.url)), {
    port: firstPort,
    html: (text) => text.replace('{}', () => settings),
  })
  return {
    url: index.url,
    builds: served,
    host,
    async close() {
      await Promise.all([index, host, ...sites].map((server) => server.close()))
    },
  }
}

/**
 * What the files of a build are sent with: wasm for the HTTP cache, as a static host sends it, so that who returns finds it there; and
 * `?forget` makes a page one that was never visited.
 *
 * @param {string} path The path and query asked for.
 * @returns {Record<string, string>} Headers by name.
 */
function headers(path) {
  if (path.endsWith('.wasm')) return { 'Cache-Control': 'no-cache' }
  return path.endsWith('?forget') ? { 'Clear-Site-Data': '"storage"' } : {}
}
