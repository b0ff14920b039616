import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { readEvents, type CosEvent } from './events.ts'
import { within } from './within.ts'

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
  const { state, result } = await within(timeout, whenFinished(page), () => readState(page))
  page.off('pageerror', onError).off('console', onConsole)
  if (state !== 'done') {
    const said = state === 'failed' ? state : `not finished after ${timeout / 1000} s`
    throw new Error([`${page.url()} is ${said}: ${result}`, ...printed].join('\n  '))
  }
  return result
}

/** How far a page says it is: its state, and the text of `#result`. */
interface PageState {
  state: string | undefined
  result: string
}

/**
 * Resolves when a page says that it is done or has failed. The page is asked once, where Playwright's own selectors would
 * bring a library of theirs into each page that is opened.
 */
async function whenFinished(page: Page): Promise<PageState> {
  try {
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (!/^(done|failed)$/.test(document.documentElement.dataset.state ?? '')) return
            observer.disconnect()
            resolve()
          }
          const observer = new MutationObserver(look)
          observer.observe(document, { subtree: true, childList: true, attributeFilter: ['data-state'] })
          look()
        }),
    )
    return await readState(page)
  } catch (error) {
    // The page went elsewhere meanwhile: it is asked there.
    if (!/context was destroyed|navigat/.test(String(error))) throw error
    await page.waitForLoadState()
    return whenFinished(page)
  }
}

function readState(page: Page): Promise<PageState> {
  return page.evaluate(() => ({
    state: document.documentElement.dataset.state,
    result: document.querySelector('#result')?.textContent ?? '',
  }))
}
