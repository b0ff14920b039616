import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { sharedBrowser } from './browser-server.mjs'
import { chromiumArgs, ensureChromium, findHeadless } from './chromium.mjs'

/** The folder of the unpacked Cross-Origin Storage extension, where the environment names one. */
export const extensionPath: string | undefined = process.env.COS_EXTENSION_PATH || undefined

/**
 * Starts Chromium, or connects to the one that the whole run shares. Once a test file; `browser.newContext()` gives each
 * test a visitor of its own. The caller closes it: of a shared one, what this file has opened.
 */
export function launch(): Promise<Browser> {
  const shared = process.env[sharedBrowser]
  if (shared !== undefined) return chromium.connect(shared)
  return chromium.launch({ executablePath: findHeadless(), args: chromiumArgs })
}

/**
 * Starts Chromium with the real COS extension on a fresh profile. The extension keeps what it stores in the
 * profile, so one launch is one visitor. It sees pages on `https:` and `http://localhost:*` only, and leaves
 * workers alone unless its options say otherwise.
 *
 * @param folder The unpacked extension.
 * @returns A context; closing it stops the browser and removes the profile.
 */
export async function withExtension(folder: string | undefined = extensionPath): Promise<BrowserContext> {
  if (folder === undefined) {
    throw new Error('Set COS_EXTENSION_PATH to the folder of the unpacked COS extension.')
  }
  const profile = await mkdtemp(join(tmpdir(), 'wasm-cos-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...chromiumArgs,
      '--headless=new',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
    ],
  })
  const close = context.close.bind(context)
  context.close = async (options) => {
    await close(options)
    // Chromium's last processes may still be writing.
    await rm(profile, { recursive: true, force: true, maxRetries: 20 })
  }
  if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker')
  return context
}
