import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '@wasm-cos/harness/hash'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { build, type PluginOption } from 'vite'
import wasmCos from './index.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-assets-'))
  await writeFile(join(root, 'a.wasm'), '\0asm\x01\0\0\0')
  await writeFile(
    join(root, 'main.js'),
    "import url from './a.wasm?url&no-inline'\nWebAssembly.instantiateStreaming(fetch(url))",
  )
})
afterEach(() => rm(root, { recursive: true, force: true }))

const changed = '\0asm\x01\0\0\0changed'
const changing: PluginOption = {
  name: 'vite-plugin-that-changes-wasm',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'asset' && file.fileName.endsWith('.wasm')) file.source = Buffer.from(changed)
  },
}

/** Builds, and returns the hash in the manifest and that of the file on disk, and the file's name. */
async function hashes(plugins: PluginOption[], ofOutput: PluginOption[] = []) {
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [wasmCos({ manifest: true }), ...plugins],
    build: {
      rollupOptions: { input: join(root, 'main.js'), output: { plugins: ofOutput as never } },
    },
  })
  const manifest = JSON.parse(await readFile(join(root, 'dist/wasm-cos.manifest.json'), 'utf8')) as {
    files: { file: string; hash: { value: string } }[]
  }
  const [{ file, hash }] = manifest.files as [(typeof manifest.files)[number]]
  return { file, inManifest: hash.value, onDisk: sha256(await readFile(join(root, 'dist', file))) }
}

test('in one process: the hash is that of what ships, whoever changes an asset, or its file, from one build to the next', async () => {
  const first = await hashes([])
  expect(first.inManifest).toBe(first.onDisk)
  expect(await hashes([])).toEqual(first)

  for (const plugins of [
    [[changing], []],
    [[], [changing]],
  ] as const) {
    const other = await hashes([...plugins[0]], [...plugins[1]])
    expect(other).toEqual({ file: first.file, inManifest: sha256(changed), onDisk: sha256(changed) })
    expect(await hashes([])).toEqual(first)
  }

  await writeFile(join(root, 'a.wasm'), '\0asm\x01\0\0\0another')
  const another = await hashes([])
  expect(another.inManifest).toBe(another.onDisk)
  expect(another.onDisk).not.toBe(first.onDisk)
})
