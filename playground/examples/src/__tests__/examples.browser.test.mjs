import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { launch, serve, waitForEvents, withScript } from '@wasm-cos/harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packAll } from '@wasm-cos/scripts/pack'
import { publicPackages } from '@wasm-cos/scripts/packages'
import { examplesOf } from '../examples.mjs'
import { installExamples, type } from '../install.mjs'

/** @type {Map<string, import('../examples.mjs').Example>} By the name of the folder it gets. */
const examples = new Map(
  publicPackages().flatMap(({ directory, folder }) =>
    examplesOf(readFileSync(join(folder, 'README.md'), 'utf8')).map((example, index) => [
      `${directory.replace('packages/', '')}-${index + 1}`,
      example,
    ]),
  ),
)

/** @type {string} */
let target
/** @type {import('playwright-core').Browser} */
let browser
/** @type {import('@wasm-cos/cos-host').CosHost} */
let host

beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), 'wasm-cos-docs-'))
  await installExamples(target, examples, await packAll(target))
  browser = await launch()
  host = await startCosHost()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await host?.close()
  await rm(target, { recursive: true })
})

describe.each([...examples])('%s', (name, { files, commands, printed }) => {
  test('builds, prints what the README says, and shares its wasm', { timeout: 120_000 }, async () => {
    const folder = join(target, name)
    let output = ''
    for (const command of commands) output += await type(folder, command)
    for (const line of printed) expect(output).toMatch(patternOf(line))

    const site = join(folder, existsSync(join(folder, 'dist/index.html')) ? 'dist' : '.')
    const plain = await serve(site)
    const html = withScript(host.scriptUrl)
    const first = await serve(site, { html })
    const second = await serve(site, { html })
    try {
      const page = await titleOf(plain)
      expect(await titleOf(first, { isStored: true })).toBe(page)
      expect(await titleOf(second)).toBe(page)
      expect(first.requested(/\.wasm$/)).toHaveLength(1)
      expect(second.requested(/\.wasm$/)).toEqual([])
    } finally {
      await Promise.all([plain, first, second].map((server) => server.close()))
      await host.clear()
    }
    expect(files.size).toBeGreaterThan(0)
  })
})

/**
 * A line of a README as a pattern: an ellipsis stands for what every version and every content has of its own.
 *
 * @param {string} line
 */
function patternOf(line) {
  return new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('…', '.+'))
}

/**
 * Opens an example in a fresh context.
 *
 * @param {{ url: string }} site Where it is served.
 * @param {{ isStored?: boolean }} [expected] Whether to wait until its file is stored.
 * @returns {Promise<string>} The title that its script sets: how many bytes it made.
 */
async function titleOf({ url }, { isStored = false } = {}) {
  const context = await browser.newContext()
  try {
    // The storage answers however busy the machine is: the examples have the options of their READMEs.
    await context.addInitScript(() => {
      const { setTimeout } = globalThis
      Object.assign(globalThis, {
        /** @type {(callback: () => void, milliseconds: number, ...args: unknown[]) => number} */
        setTimeout: (callback, milliseconds, ...args) => setTimeout(callback, 40 * milliseconds, ...args),
      })
    })
    const page = await context.newPage()
    await page.goto(url)
    await page.waitForFunction(() => /^\d+ bytes$/.test(document.title))
    if (isStored) await waitForEvents(page, 'store')
    return await page.title()
  } finally {
    await context.close()
  }
}
