import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './browser.ts'

/** What the tests of a file share; it is there once the first of them runs. */
export interface Shared<Host> {
  readonly browser: Browser
  /** A tab, for pages that come one after the other. */
  readonly tab: Page
  readonly host: Host
}

/**
 * Starts a browser and a Cross-Origin Storage before the first test of a file, and closes both after the last.
 *
 * @param startHost Starts the storage, with the options that the file needs.
 */
export function shareBrowser<Host extends { close(): Promise<unknown> }>(
  startHost: () => Promise<Host>,
): Shared<Host> {
  const shared: { browser?: Browser; tab?: Page; host?: Host } = {}
  beforeAll(async () => {
    shared.browser = await launch()
    shared.tab = await shared.browser.newPage()
    shared.host = await startHost()
  })
  // What did not start needs no end: the reason is the error of `beforeAll`.
  afterAll(async () => {
    await shared.browser?.close()
    await shared.host?.close()
  })
  return shared as Shared<Host>
}
