import { launch } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from '../build.ts'
import { installPackages } from '../install.ts'
import type { BundlerName } from '../library.ts'
import { libraries } from '../libraries.ts'
import { writeReadme } from '../readme.ts'
import { note } from '../seen.ts'
import { visitThrice } from '../visits.ts'

/** `npm test` runs the examples; `pnpm libraries` names those that it has installed. */
const named = process.env.WASM_COS_LIBRARIES?.split('|')
const chosen = libraries.filter(({ name, exampleOf }) =>
  named === undefined ? exampleOf !== undefined : named[0] === 'all' || named.includes(name),
)

let browser: Browser

beforeAll(async () => {
  if (named !== undefined) await installPackages(chosen)
  browser = await launch()
}, 1_800_000)

afterAll(async () => {
  await browser?.close()
  if (named !== undefined) await writeReadme()
})

describe.concurrent.each(chosen)('$name', (library) => {
  // What differs between bundlers is the matrix's to show.
  const bundlers: BundlerName[] = named === undefined ? ['vite'] : ['vite', 'webpack']

  test.each(bundlers)('%s', async (bundler) => {
    const expected = library[bundler] ?? 'served'
    try {
      const { outDir, warnings } = await build(library, bundler)
      const seen = await visitThrice(browser, outDir, library, expected)
      note(library.name, bundler, { ...seen, warnings })
      const { shows } = library
      expect(seen.results).toEqual({ plain: shows, miss: shows, hit: shows })
      // Served where the table says not: it is `pnpm libraries` that brings the table up to date.
      const isBetter = named === undefined && expected === 'not' && seen.share !== 'inlined'
      if (!isBetter) expect(seen.share).toBe(expected)
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'AssertionError') throw error
      note(library.name, bundler, { error: error.message })
      if (expected !== 'none') throw error
    }
  })
})
