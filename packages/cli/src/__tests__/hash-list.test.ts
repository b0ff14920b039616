import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, run } from '../testing/run.ts'

const [script, wasm] = ['ab'.repeat(32), '12'.repeat(32)] as const
const list = `// ===BEGIN SHA-256===
// cdnjs — e.g. https://cdn.example/a.js
${script}
// HTTP Archive — e.g. https://cdn.example/a.wasm
${wasm}
// ===END SHA-256===
`

test('hash-list pack writes sorted digests, only those of wasm files on request', async () => {
  const folder = makeFolder({ 'list.dat': list })
  const out = join(folder, 'list.bin')
  const pack = (...flags: string[]) =>
    run('hash-list', 'pack', join(folder, 'list.dat'), '--out', out, ...flags)
  expect(await pack()).toMatchObject({ code: 0, stdout: expect.stringContaining('2 digests in') })
  expect(readFileSync(out).toString('hex')).toBe(wasm + script)
  expect(await pack('--wasm')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 digest in') })
  expect(readFileSync(out).toString('hex')).toBe(wasm)
})

test('hash-list says what it cannot do', async () => {
  const folder = makeFolder({ 'pointer.dat': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n' })
  expect(await run('hash-list', 'pack', join(folder, 'pointer.dat'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('pointer of Git LFS'),
  })
  const list = join(makeFolder({ 'list.dat': `// ===BEGIN SHA-256===\n${wasm}\n` }), 'list.dat')
  const out = join(list, '../list.bin')
  expect(await run('hash-list', 'pack', list, '--out', join(list, 'out.bin'))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--out: .*out\.bin cannot be written \(ENOTDIR.*\)\.\n$/),
  })
  expect((await run('hash-list', 'pack', list, '--out', out)).code).toBe(0)
  for (const flag of ['--wasm', '--no-hugging-face']) {
    expect(await run('hash-list', 'pack', out, flag, '--out', out)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/list\.bin is packed already, and says no more which digests are of/),
    })
  }
  expect(await run('hash-list', 'unpack', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('use "hash-list pack'),
  })
})
