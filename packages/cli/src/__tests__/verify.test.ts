import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeFolder, readAll, run } from '../testing/run.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const hash = createHash('sha256').update(wasm).digest('hex')

const glue = `var Module = typeof Module != 'undefined' ? Module : {}
var file = 'glue.wasm'
Module['wasmHash'] = { algorithm: 'SHA-256', value: '${hash}' }
navigator.crossOriginStorage?.requestFileHandles([Module['wasmHash']])
`

/** A folder in which a script, a page, Emscripten's glue and a manifest carry hashes. */
async function instrumentedFolder(): Promise<string> {
  const folder = makeFolder({
    'app.wasm': wasm,
    'glue.wasm': wasm,
    'app.js': "WebAssembly.compileStreaming(fetch('app.wasm'))",
    'index.html': "<script type=module>WebAssembly.compileStreaming(fetch('app.wasm'))</script>",
    'glue.js': glue,
  })
  expect((await run('inject', folder, '--manifest', '--origins', '*')).code).toBe(0)
  return folder
}

/** Flips one bit of a file, at its first byte that `find` matches. */
function flip(path: string, find: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.indexOf(find)]! ^= 1
  writeFileSync(path, bytes)
}

describe('verify', () => {
  test('true: everything is in the table', async () => {
    const { code, stdout } = await run('verify', await instrumentedFolder())
    expect(code).toBe(0)
    expect(stdout).toMatch(
      new RegExp(
        `true  app\\.wasm +8 B  ${hash.slice(0, 12)}  any site +app\\.js, index\\.html, wasm-cos\\.manifest\\.json`,
      ),
    )
    expect(stdout).toMatch(/true {2}glue\.wasm/)
    expect(stdout).not.toContain('\u001B')
  })

  test.each([
    ['a wasm', 'app.wasm', '\x01', ['app.js', 'index.html', 'wasm-cos.manifest.json']],
    ['the hash in a script', 'app.js', hash, ['app.js']],
    ['the hash in a page', 'index.html', hash, ['index.html']],
    ['the hash in a manifest', 'wasm-cos.manifest.json', hash, ['wasm-cos.manifest.json']],
    ["Emscripten's hash", 'glue.js', hash, ['glue.js']],
  ])('one flipped bit in %s is caught', async (_, name, find, carriers) => {
    const folder = await instrumentedFolder()
    flip(join(folder, name), find)
    const { code, stdout } = await run('verify', folder, '--json')
    expect(code).toBe(1)
    const stale = (
      JSON.parse(stdout).findings as { status: string; carrier: string; problem?: string }[]
    ).filter(({ status }) => status !== 'true')
    expect(stale.map(({ carrier }) => carrier)).toEqual(carriers)
    expect(stale.map(({ status }) => status)).toEqual(carriers.map(() => 'stale'))

    expect((await run('repair', folder)).code).toBe(0)
    expect((await run('verify', folder)).code).toBe(0)
  })

  test('a missing wasm is named, and nothing can repair it', async () => {
    const folder = await instrumentedFolder()
    rmSync(join(folder, 'app.wasm'))
    const { code, stdout } = await run('verify', folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(/missing {2}app\.wasm/)
    expect(stdout).toContain('app.js carries the hash')
    const before = readAll(folder)
    expect((await run('repair', folder)).code).toBe(1)
    expect(readAll(folder)).toEqual(before)
  })

  test('a folder of which there is nothing to say is an error, so that CI cannot look at the wrong one', async () => {
    const { code, stderr } = await run('verify', makeFolder({ 'app.wasm': wasm, 'a.js': 'let value = 1' }))
    expect(code).toBe(2)
    expect(stderr).toContain('nothing to verify')
  })

  test('a folder around the output; one within it has no file at the path of the row', async () => {
    const outer = makeFolder({
      'site/assets/app.wasm': wasm,
      'site/assets/app.js': "WebAssembly.compileStreaming(fetch('app.wasm'))",
    })
    await run('inject', join(outer, 'site'))
    expect((await run('verify', outer)).code).toBe(0)
    const within = await run('verify', join(outer, 'site/assets'))
    expect(within).toMatchObject({ code: 1, stdout: expect.stringContaining('missing') })
    flip(join(outer, 'site/assets/app.wasm'), '\x01')
    expect((await run('verify', outer)).code).toBe(1)
  })
})

describe('repair', () => {
  test('changes the digits and the size, and nothing else', async () => {
    const folder = await instrumentedFolder()
    const before = readAll(folder)
    const longer = Buffer.concat([wasm, Buffer.from([0, 1, 0])])
    writeFileSync(join(folder, 'app.wasm'), longer)
    writeFileSync(join(folder, 'glue.wasm'), longer)
    expect((await run('repair', folder)).code).toBe(0)
    const newHash = createHash('sha256').update(longer).digest('hex')
    const after = readAll(folder)
    for (const name of ['app.js', 'index.html', 'glue.js']) {
      expect(after[name]).toBe(before[name]!.replaceAll(hash, newHash).replaceAll('wasm",8,', 'wasm",11,'))
    }
    expect(JSON.parse(after['wasm-cos.manifest.json']!).files[0]).toMatchObject({
      size: 11,
      hash: { value: newHash },
      integrity: `sha256-${createHash('sha256').update(longer).digest('base64')}`,
    })
    const again = await run('repair', folder)
    expect(again.stdout).toContain('Every embedded hash is true')
    expect(readAll(folder)).toEqual(after)
  })

  test('refuses what would break the integrity of a page, and mends it when asked', async () => {
    const folder = await instrumentedFolder()
    const digest = () =>
      createHash('sha384')
        .update(readFileSync(join(folder, 'app.js')))
        .digest('base64')
    writeFileSync(join(folder, 'page.html'), `<script src="app.js" integrity="sha384-${digest()}"></script>`)
    flip(join(folder, 'app.wasm'), '\x01')
    expect(await run('repair', folder)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('--update-integrity'),
    })
    expect((await run('repair', folder, '--update-integrity')).code).toBe(0)
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain(`"sha384-${digest()}"`)
  })
})

test.each([
  ['.gz', gzipSync],
  ['.br', brotliCompressSync],
])(
  'a compressed copy (%s) of what the wasm was before is said, until it is made again',
  async (ending, compress) => {
    const folder = await instrumentedFolder()
    writeFileSync(join(folder, `app.wasm${ending}`), compress(wasm))
    expect((await run('verify', folder)).code).toBe(0)

    const optimised = Buffer.concat([wasm, Buffer.from([0, 2, 1, 97])])
    writeFileSync(join(folder, 'app.wasm'), optimised)
    const repaired = await run('repair', folder)
    expect(repaired.code).toBe(1)
    expect(repaired.stdout).toContain(`app.wasm${ending} holds other bytes than app.wasm`)
    const { code, stdout } = await run('verify', folder)
    expect(code).toBe(1)
    expect(stdout).toContain('Compress the file again, or remove the copy')
    expect(JSON.parse((await run('verify', folder, '--json')).stdout).staleCopies).toMatchObject([
      { file: 'app.wasm', copy: `app.wasm${ending}` },
    ])

    writeFileSync(join(folder, `app.wasm${ending}`), compress(optimised))
    expect((await run('repair', folder)).code).toBe(0)
    expect((await run('verify', folder)).code).toBe(0)
    writeFileSync(join(folder, `app.wasm${ending}`), compress(optimised).subarray(0, 5))
    expect((await run('verify', folder)).stdout).toContain(`app.wasm${ending} cannot be decompressed`)
  },
)

test('inject warns of a compressed copy that holds something else; an error under strict', async () => {
  const folder = makeFolder({
    'app.wasm': wasm,
    'app.wasm.gz': gzipSync('something else'),
    'index.html': "<script type=module>WebAssembly.compileStreaming(fetch('app.wasm'))</script>",
  })
  const strict = await run('inject', folder, '--strict')
  expect(strict.code).toBe(1)
  expect(strict.stdout).toContain('app.wasm.gz holds other bytes than app.wasm')
  expect((await run('inject', folder)).code).toBe(0)
})
