import { launch } from '@wasm-cos/harness'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callers, casesOf, type ExpectedCase } from '../cases.ts'
import { serveSite, type Site } from '../site.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  site = await serveSite()
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

test.each(callers)(
  '%s: whatever goes wrong, the right module runs and the entry says why',
  async (caller) => {
    const page = await browser.newPage()
    const printed: string[] = []
    page.on('console', (message) => printed.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => printed.push(String(error)))
    await page.goto(site.url)

    const cases = casesOf(caller)
    const failures = await runAll(page, cases)
    console.log(
      `${caller}: ${cases.length} combinations of step, fault, form of the API and variant of the stub`,
    )
    expect(failures).toEqual([])
    expect(printed).toEqual([])
    await page.close()
  },
)

/** Runs the cases and says what is not as expected. */
async function runAll(page: Page, cases: ExpectedCase[]): Promise<string[]> {
  const outcomes = await page.evaluate((cases) => faults.runCases(cases), cases)
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  return cases.flatMap(({ id, step, fault, caller, api, integrity, entries, isWritten, isAborted }) => {
    const outcome = byId.get(id)!
    const name = `${step} ${JSON.stringify(fault)} ${caller} ${api.methods}${api.native ? ' native' : ''}${integrity ? ' integrity' : ''}`
    const problems: string[] = []
    const isTyped = step === 'network' && fault.kind === 'type'
    const result = step === 'network' && !isTyped ? outcome.plain : '42'
    if (outcome.result !== result) problems.push(`is ${outcome.result} and should be ${result}`)
    // Emscripten's glue asks twice if the network fails.
    const reported = caller === 'emscripten' ? [...new Set(outcome.entries)] : outcome.entries
    if (String(reported) !== String(entries))
      problems.push(`reported ${reported} and should report ${entries}`)
    if (outcome.written.length !== Number(isWritten)) problems.push(`wrote ${outcome.written}`)
    if (outcome.aborted !== Number(isAborted)) problems.push(`aborted ${outcome.aborted} times`)
    // Where the network fails, Emscripten's glue itself leaves rejections unhandled.
    if (step !== 'network' || caller !== 'emscripten') problems.push(...outcome.unhandled)
    return problems.map((problem) => `${name}: ${problem}`)
  })
}
