import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

async function readFiles(name: string, files: Record<string, string | Uint8Array>) {
  const folder = join(path, name)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  const { wasm } = await readFolder(folder)
  return Object.fromEntries(wasm.map((file) => [file.fileName, [file.size, file.hash.value]]))
}

const asItIs = (bytes: Uint8Array) => [bytes.byteLength, createHash('sha256').update(bytes).digest('hex')]

test('what a server decompresses counts as what fetch delivers, by the name that is asked for', async () => {
  const old = brotliCompressSync(Buffer.concat([wasm, wasm]))
  const found = await readFiles('decoded', {
    'app.js':
      'fetch("Build/game.wasm.br"); fetch("served.wasm"); fetch("plain.wasm"); fetch("Old.wasm.unityweb")',
    // Unity can name files by their hashes.
    'Build/4f1e6e4a.loader.js': 'fetch(codeUrl)',
    'Build/pako.js': 'inflate()',
    'Build/game.wasm.br': brotliCompressSync(wasm),
    'Build/game.wasm.gz': gzipSync(wasm),
    'served.wasm.gz': gzipSync(wasm),
    'plain.wasm': wasm,
    'plain.wasm.gz': 'any copy',
    'plain.wasm.zst': 'any copy',
    'Old.wasm.unityweb': old,
  })
  expect(found).toEqual({
    'Build/game.wasm.br': [8, hash],
    'served.wasm': [8, hash],
    'plain.wasm': [8, hash],
    'Old.wasm.unityweb': asItIs(old),
  })
})

test('what no script decompresses, the server does', async () => {
  const files = {
    'app.js': 'WebAssembly.compileStreaming(fetch("core.wasm.gz"))',
    'core.wasm.gz': gzipSync(wasm),
  }
  expect(await readFiles('without-decompressor', files)).toEqual({ 'core.wasm.gz': [8, hash] })
})

test('what a script decompresses counts as it is', async () => {
  const compressed = gzipSync(wasm)
  const found = await readFiles('by-scripts', {
    'app.js':
      "const load = (name) => fetch(`${name}.wasm.gz`).then((r) => r.body.pipeThrough(new DecompressionStream('gzip')))",
    'other.js': 'fetch("filter.wasm.zst").then(decompress)',
    'core.wasm.gz': compressed,
    'filter.wasm.zst': compressed,
  })
  expect(found).toEqual({ 'core.wasm.gz': asItIs(compressed), 'filter.wasm.zst': asItIs(compressed) })
})
