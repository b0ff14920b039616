import { chromium } from 'playwright-core'
import { chromiumArgs, findHeadless } from './chromium.mjs'

// Plain JavaScript, because `npm test` runs it on Node 20, which does not read TypeScript.

/** The environment variable that holds the address of the browser which all test files of a run share. */
export const sharedBrowser = 'WASM_COS_BROWSER'

/**
 * Starts Chromium for a whole run of tests: each file connects to it and has contexts of its own.
 *
 * @returns {Promise<{ address: string, close: () => Promise<void> }>} Where it listens, and how it ends.
 */
export async function startBrowserServer() {
  const server = await chromium.launchServer({ executablePath: findHeadless(), args: chromiumArgs })
  return { address: server.wsEndpoint(), close: () => server.close() }
}
