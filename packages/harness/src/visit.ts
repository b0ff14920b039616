import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { readEvents, type CosEvent } from './events.ts'

/** What a page showed, once it said it had finished. */
export interface Visit {
  /** The page, still open. */
  page: Page
  /** The text of `#result`. */
  result: string
  /** The `wasm-cos:*` measures of the page and its workers so far, oldest first in each. */
  events: CosEvent[]
}

/**
 * Opens a page and waits until it says how it went: `document.documentElement.dataset.state` is `done`
 * (its answer is in `#result`) or `failed` (its error is). Sets nothing else up: what the visitor has, the context has.
 *
 * @param where A context, which opens a tab, or a tab, which leaves what it shows: half the work, as its process stays.
 * @throws {Error} If the page fails, throws or is not finished in time; the message has what the page printed.
 */
export async function visit(where: BrowserContext | Page, url: string): Promise<Visit> {
  const page = 'newPage' in where ? await where.newPage() : where
  return finish(page, () => page.goto(url))
}

/** Loads a visited page once more, in the same tab. */
export function revisit({ page }: Visit): Promise<Visit> {
  return finish(page, () => page.reload())
}

/** Starts something in a page and waits for the page to say it is done. */
async function finish(page: Page, start: () => Promise<unknown>): Promise<Visit> {
  const result = await resultOf(page, start)
  return { page, result, events: await readEvents(page) }
}

/**
 * Starts something in a page, waits for the page to say it is done, and reads its answer. Asks no worker anything:
 * one may be busy for ever.
 *
 * @param timeout Milliseconds that the page has.
 * @throws {Error} If the page fails, throws or is not finished in time; the message has what the page printed.
 */
export async function resultOf(page: Page, start: () => Promise<unknown>, timeout = 20_000): Promise<string> {
  const printed: string[] = []
  const onError = (error: Error) => printed.push(String(error))
  const onConsole = (message: ConsoleMessage) => printed.push(`${message.type()}: ${message.text()}`)
  page.on('pageerror', onError).on('console', onConsole)
  await start()
  const state = await page
    .waitForSelector('html[data-state=done], html[data-state=failed]', { state: 'attached', timeout })
    .then((html) => html.getAttribute('data-state'))
    .catch(() => `not finished after ${timeout / 1000} s`)
  const result = await page
    .evaluate(() => document.querySelector('#result')?.textContent ?? '')
    .catch(() => '')
  page.off('pageerror', onError).off('console', onConsole)
  if (state !== 'done') {
    throw new Error([`${page.url()} is ${state}: ${result}`, ...printed].join('\n  '))
  }
  return result
}
