import { join } from 'node:path'
import { launch, serve } from '@wasm-cos/harness'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fatesOf, kindsOfFile } from '../fates.ts'
import { frameworks } from '../frameworks.ts'
import { prepare, run } from '../install.ts'
import { writeReadme } from '../readme.ts'
import { type Kind, note } from '../seen.ts'
import { start } from '../server.ts'
import { visitThrice } from '../visits.ts'

/** `npm test` runs those that install fast; `pnpm frameworks` names those that it wants. */
const named = process.env.WASM_COS_FRAMEWORKS?.split('|')
const chosen = frameworks.filter(({ name, folder, isQuick = false }) =>
  named === undefined ? isQuick : named[0] === 'all' || named.includes(name) || named.includes(folder),
)

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(async () => {
  await browser?.close()
  if (named !== undefined) await writeReadme()
})

describe.each(chosen)('$name', (framework) => {
  const { name, site, hasServer = false, page } = framework
  const kinds: Kind[] = [
    ...(site === undefined ? [] : ['static' as const]),
    ...(hasServer ? ['server' as const] : []),
  ]

  test.each(named === undefined ? kinds.slice(0, 1) : kinds)('%s', async (kind) => {
    try {
      const app = await prepare(framework)
      const printed = run(app, 'run', kind)
      const serveOnce = () => (kind === 'server' ? start(app) : serve(join(app, site!)))
      const servers = [await serveOnce(), await serveOnce()] as const
      const seen = await visitThrice(browser, [servers[0].url, servers[1].url], page).finally(() =>
        Promise.all(servers.map((server) => server.close())),
      )
      note(name, kind, { ...seen, said: printed.split('\n').filter((line) => /wasm-cos|\.wasm/.test(line)) })
      const answers = '42 7 5'
      expect(seen.results).toEqual({ plain: answers, miss: answers, hit: answers })
      const expected = kindsOfFile.map((file) => {
        const { [file]: fate = 'served' } = framework
        return [file, typeof fate === 'string' ? fate : (fate[kind] ?? 'served')]
      })
      expect(fatesOf(seen.requests)).toEqual(Object.fromEntries(expected))
    } catch (error) {
      if (error instanceof Error && error.name !== 'AssertionError')
        note(name, kind, { error: error.message })
      throw error
    }
  })
})
