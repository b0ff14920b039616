import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const optimized = Buffer.concat([wasm, Buffer.from([0, 2, 1, 0x61])])

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('the hash of an explicit import follows, the same digits of the application do not', async () => {
  const digits = `"wasm-cos-hash:${hashOf(wasm)}".slice(14)`
  const folder = makeFolder({
    'app.wasm': wasm,
    'app.js': `console.log(${digits});WebAssembly.compileStreaming(fetch('app.wasm'))`,
    'other.js': `console.log(${digits})`,
    'own.js': `console.log("${hashOf(wasm)}")`,
  })
  expect((await run('inject', folder)).code).toBe(0)
  writeFileSync(join(folder, 'app.wasm'), optimized)

  expect((await run('repair', folder)).code).toBe(0)
  for (const name of ['app.js', 'other.js']) {
    const code = readFileSync(join(folder, name), 'utf8')
    expect(new Set(code.match(/[0-9a-f]{64}/g))).toEqual(new Set([hashOf(optimized)]))
  }
  expect(readFileSync(join(folder, 'own.js'), 'utf8')).toContain(hashOf(wasm))
  expect((await run('verify', folder)).code).toBe(0)
})

test('a folder in which nothing carries a hash is no success', async () => {
  const folder = makeFolder({ 'app.js': 'console.log(1)' })
  const { code, stderr } = await run('repair', folder)
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('there is nothing to repair') })
})

test('--json names scripts as they are called now', async () => {
  const folder = makeFolder({
    'app.wasm': wasm,
    'app-B1x2Y3z4.js': "WebAssembly.compileStreaming(fetch('app.wasm'))",
    'index.html': '<script src="app-B1x2Y3z4.js"></script>',
  })
  expect((await run('inject', folder, '--rename')).code).toBe(0)
  writeFileSync(join(folder, 'app.wasm'), optimized)
  const { repaired, renamed } = JSON.parse((await run('repair', folder, '--rename', '--json')).stdout)
  expect(repaired).toMatchObject([{ carrier: Object.values(renamed)[0] }])
  expect(Object.keys(renamed)).toHaveLength(1)
})
