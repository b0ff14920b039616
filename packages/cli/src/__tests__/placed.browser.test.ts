import { join } from 'node:path'
import { startCosHost } from '@wasm-cos/cos-host'
import { expectLoads } from '@wasm-cos/harness/loads'
import { shareBrowser } from '@wasm-cos/harness/set-up'
import { expect, test } from 'vitest'
import { buildWithLazyChunk } from '../testing/playground.ts'
import { type Files, makeFolder, readAll, run } from '../testing/run.ts'

/** A module that exports `answer()`, which returns 42. */
const answer = Buffer.from(
  '0061736d010000000105016000017f03020100070a0106616e7377657200000a06010400412a0b',
  'hex',
)

const show = `function show(answer) {
  document.getElementById('result').textContent = answer
  document.documentElement.dataset.state = 'done'
}
`

/** The storage answers however busy the machine is. */
const forAnySite = ['--origins', '*', '--lookup-timeout', '20000']

const shared = shareBrowser(() => startCosHost())

const lazy: Files = {
  'main.js': `${show}import('./lazy.js').then(async ({ run }) => show(await run()))`,
  'lazy.js':
    "export const run = async () => (await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))).instance.exports.answer()",
  'answer.wasm': answer,
}

test.each(['webpack', 'rspack'] as const)(
  '%s puts the name of a lazy chunk together at run time: both get the new hash',
  async (bundler) => {
    const source = makeFolder(lazy)
    const folder = makeFolder({})
    await buildWithLazyChunk(bundler, source, folder, '[contenthash]')
    const before = new Set(Object.keys(readAll(folder)))
    expect(await run('inject', folder, '--rename', ...forAnySite)).toMatchObject({ code: 0 })
    const after = Object.keys(readAll(folder)).filter((name) => name.endsWith('.js'))
    expect(after).toHaveLength(2)
    expect(after.filter((name) => before.has(name))).toEqual([])
    await expectLoads(shared, folder, { result: '42' })
  },
)

test('webpack: a name that holds a slice of a longer hash is left, with all else', async () => {
  const source = makeFolder(lazy)
  const folder = makeFolder({})
  await buildWithLazyChunk('webpack', source, folder, '[fullhash:8]')
  const before = readAll(folder)
  const { code, stdout } = await run('inject', folder, '--rename')
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /\d+\.\w{8}\.js has a hash of its content in its name, which .*main.*\.js puts together at run time/,
  )
  expect(readAll(folder)).toEqual(before)
  expect((await run('inject', folder, '--rename', '--force', ...forAnySite)).code).toBe(0)
  await expectLoads(shared, folder, { result: '42' })
})

test('a folder above the site', async () => {
  const outer = makeFolder({
    'app/browser/index.html':
      '<head></head><p id="result"></p><script type="module" src="/main.js"></script>',
    'app/browser/main.js': `${show}show((await WebAssembly.instantiateStreaming(fetch('/media/a.wasm'))).instance.exports.answer())`,
    'app/browser/media/a.wasm': answer,
    'app/server/media/a.wasm': answer,
    'app/server/main.mjs': "WebAssembly.instantiateStreaming(fetch('/media/a.wasm'))",
  })
  const { code, stdout } = await run('inject', outer, '--manifest', ...forAnySite)
  expect(code).toBe(0)
  expect(stdout).toContain('app/browser/media/a.wasm')
  expect((await run('verify', outer)).code).toBe(0)
  expect(readAll(outer)['app/server/main.mjs']).not.toContain('cosFetch_')
  await expectLoads(shared, join(outer, 'app/browser'), { result: '42' })
})
