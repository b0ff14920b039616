import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedHashes, makeWasm, sha256 } from '@wasm-cos/harness'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builds } from './testing/builds.ts'

const root = join(import.meta.dirname, '..')
const main = "import init, { wasmHash } from 'lib/answer.wasm?cos'\nconsole.log(init(), wasmHash)\n"

let parent: string

beforeAll(async () => {
  await mkdir(join(root, '.cache'), { recursive: true })
  parent = await mkdtemp(join(root, '.cache/alias-'))
})

afterAll(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }))

test.each(Object.keys(builds))(
  '%s: its own resolver finds the file of an explicit import',
  { timeout: 120_000 },
  async (name) => {
    const folder = join(parent, name)
    await mkdir(join(folder, 'somewhere'), { recursive: true })
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}')
    await writeFile(join(folder, 'main.js'), main)
    await writeFile(join(folder, 'somewhere/answer.wasm'), makeWasm(42))
    await builds[name]!(folder, { lib: join(folder, 'somewhere') })

    const out = join(folder, 'out')
    const files = (await readdir(out, { recursive: true })).map((file) => join(out, file))
    const wasm = files.filter((file) => file.endsWith('.wasm'))
    const scripts = files.filter((file) => /\.m?js$/.test(file))
    const codes = await Promise.all(scripts.map((file) => readFile(file, 'utf8')))
    expect(wasm).toHaveLength(1)
    expect(new Set(codes.flatMap(embeddedHashes))).toEqual(new Set([sha256(await readFile(wasm[0]!))]))
  },
)
