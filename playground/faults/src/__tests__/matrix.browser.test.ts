import { startCosHost, type CosHost } from '@wasm-cos/cos-host'
import { launch } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Outcome } from '../../page/realm.js'
import { callers, casesOf, type ExpectedCase } from '../cases.ts'
import { serveSite, type Site } from '../site.ts'

/** Pages that share the cases: each is a process of its own with a storage of its own. */
const pageCount = 2

let host: CosHost
let site: Site
let browser: Browser
beforeAll(async () => {
  host = await startCosHost()
  site = await serveSite()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([site.close(), host.close()])
})

test.each(callers)(
  '%s: whatever goes wrong, the right module runs and the entry says why',
  async (caller) => {
    const cases = casesOf(caller)
    const shares = Array.from({ length: pageCount }, (_, share) =>
      cases.filter(({ id }) => id % pageCount === share),
    )
    const results = await Promise.all(shares.map(runInPage))
    console.log(
      `${caller}: ${cases.length} combinations of step, fault, form of the API and variant of the stub`,
    )
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    expect(results.flatMap(({ printed }) => printed)).toEqual([])
  },
)

/** Runs cases in a page of their own: what is not as expected, and what the console shows. */
async function runInPage(cases: ExpectedCase[]): Promise<{ failures: string[]; printed: string[] }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const printed: string[] = []
  page.on('console', (message) => printed.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => printed.push(String(error)))
  await page.goto(`${site.url}?host=${host.url}/`)
  const outcomes = await page.evaluate((cases) => faults.runCases(cases), cases)
  await context.close()
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  return { failures: cases.flatMap((it) => problemsOf(it, byId.get(it.id)!)), printed }
}

/** What is not as expected. */
function problemsOf(
  { step, fault, caller, api, integrity, entries, isCompared, isWritten, isAborted }: ExpectedCase,
  outcome: Outcome,
): string[] {
  const name = `${step} ${JSON.stringify(fault)} ${caller} ${api.methods}${api.native ? ' native' : ''}${integrity ? ' integrity' : ''}`
  const problems: string[] = []
  const result = isCompared ? outcome.plain : '42'
  if (outcome.result !== result) problems.push(`is ${outcome.result} and should be ${result}`)
  // Emscripten's glue asks twice if the network fails.
  const reported = caller === 'emscripten' ? [...new Set(outcome.entries)] : outcome.entries
  if (String(reported) !== String(entries)) problems.push(`reported ${reported} and should report ${entries}`)
  if (outcome.written !== Number(isWritten)) problems.push(`wrote ${outcome.written} files`)
  if (outcome.aborted !== Number(isAborted)) problems.push(`aborted ${outcome.aborted} times`)
  if (outcome.timers > 0) problems.push(`left ${outcome.timers} timers`)
  // Where the network fails, Emscripten's glue itself leaves rejections unhandled.
  if (step !== 'network' || caller !== 'emscripten') problems.push(...outcome.unhandled)
  return problems.map((problem) => `${name}: ${problem}`)
}
