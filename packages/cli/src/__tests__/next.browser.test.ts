import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCosHost } from '@wasm-cos/cos-host'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { expect, test } from 'vitest'
import { makeFolder, readAll, run } from '../testing/run.ts'

const app = fileURLToPath(new URL('../../../../playground/next', import.meta.url))

const shared = shareBrowser(() => startCosHost())

/** Builds the application with Turbopack into `out`. */
function build(): void {
  const next = createRequire(join(app, 'package.json')).resolve('next/dist/bin/next')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const }
  execFileSync(process.execPath, [next, 'build'], { cwd: app, env, stdio: 'pipe' })
}

test('a site of Next.js, which takes no plugin for Turbopack: injected, it downloads once for two origins', async () => {
  build()
  const folder = makeFolder({})
  cpSync(join(app, 'out'), folder, { recursive: true })
  expect(await run('inject', folder)).toMatchObject({ code: 1, stdout: expect.stringContaining('--rename') })
  expect((await run('inject', folder, '--rename', '--project', app, '--lookup-timeout', '20000')).code).toBe(
    0,
  )
  const once = readAll(folder)
  expect((await run('inject', folder, '--rename', '--project', app, '--lookup-timeout', '20000')).code).toBe(
    0,
  )
  expect(readAll(folder)).toEqual(once)
  const verified = await run('verify', folder, '--json')
  expect(JSON.parse(verified.stdout).findings).toMatchObject([{ status: 'true', origins: '*' }])
  await expectLoads(shared, folder, { result: '42' })
}, 300_000)
