import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFolder } from '../read.ts'

const wasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')
const hash = createHash('sha256').update(wasm).digest('hex')

let path: string

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), 'wasm-cos-folder-'))
})

afterAll(() => rm(path, { recursive: true }))

test('what is there only compressed counts as what fetch delivers, by the name that is asked for', async () => {
  const files = {
    'app.js': 'fetch("Build.wasm.br"); fetch("served.wasm"); fetch("plain.wasm"); fetch("Old.wasm.unityweb")',
    'Build.wasm.br': brotliCompressSync(wasm),
    'served.wasm.br': brotliCompressSync(wasm),
    'served.wasm.gz': gzipSync(wasm),
    'plain.wasm': wasm,
    'plain.wasm.gz': 'any copy',
    'Old.wasm.unityweb': brotliCompressSync(wasm),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content)
  const folder = await readFolder(path)
  const found = Object.fromEntries(folder.wasm.map((file) => [file.fileName, [file.size, file.hash.value]]))
  const asItIs = createHash('sha256').update(files['Old.wasm.unityweb']).digest('hex')
  expect(found).toEqual({
    'Build.wasm.br': [8, hash],
    'served.wasm': [8, hash],
    'plain.wasm': [8, hash],
    'Old.wasm.unityweb': [files['Old.wasm.unityweb'].byteLength, asItIs],
  })
})
