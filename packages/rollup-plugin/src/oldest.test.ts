import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown-oldest'
import { rollup, type RollupOptions } from 'rollup-oldest'
import { expect, test } from 'vitest'
import wasmCos from './index.ts'

const code = 'WebAssembly.compileStreaming(fetch(import.meta.ROLLUP_FILE_URL_REF))'

/** An application of one module that loads one wasm file. */
const application = {
  name: 'application',
  resolveId: (id: string) => (id === 'main' ? id : undefined),
  load(this: { emitFile(file: object): string }, id: string) {
    if (id !== 'main') return undefined
    const reference = this.emitFile({ type: 'asset', name: 'a.wasm', source: Buffer.from('\0asm\x01\0\0\0') })
    return code.replace('REF', reference)
  },
}

/** The oldest versions that the package declares to work with. */
test.each([
  ['Rollup 4.24', rollup],
  ['Rolldown 1.0', rolldown as unknown as typeof rollup],
])('%s builds with true hashes', async (_, start) => {
  const dir = await mkdtemp(join(tmpdir(), 'wasm-cos-oldest-'))
  const bundle = await start({ input: 'main', plugins: [application, wasmCos()] } as RollupOptions)
  await bundle.write({ dir, entryFileNames: 'main.js', assetFileNames: '[name][extname]' })
  await bundle.close()
  expect((await readdir(dir)).toSorted()).toEqual(['a.wasm', 'main.js'])
  const hash = createHash('sha256')
    .update(await readFile(join(dir, 'a.wasm')))
    .digest('hex')
  expect(await readFile(join(dir, 'main.js'), 'utf8')).toContain(
    `const wasmHash={algorithm:"SHA-256",value:"${hash}"}`,
  )
  await rm(dir, { recursive: true })
})
