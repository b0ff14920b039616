import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@wasm-cos/harness'
import { stub, stubWithIntegrity } from '@wasm-cos/runtime/stub'
import { wasmModule } from './wasm-module.ts'

type ServeOptions = NonNullable<Parameters<typeof serve>[1]>
export type Site = Awaited<ReturnType<typeof serve>> & { folder: string }

const page = fileURLToPath(new URL('../page', import.meta.url))
const sqlJs = dirname(createRequire(import.meta.url).resolve('sql.js'))

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The module that is right (it answers 42) and one that is not (13), of the same size. */
export const right: Uint8Array<ArrayBuffer> = wasmModule(42)
export const other: Uint8Array<ArrayBuffer> = wasmModule(13)

/** The table entry of a file, as core writes it. */
export type TableEntry = [string, number, { algorithm: 'SHA-256'; value: string }, '*']

export function tableEntry(file: string, bytes: Uint8Array): TableEntry {
  return [file, bytes.byteLength, { algorithm: 'SHA-256', value: sha256(bytes) }, '*']
}

/** Serves this package's pages on an origin of their own, beside the modules and the stub's text. */
export async function serveSite(
  options: ServeOptions = {},
  extra: Record<string, string | Uint8Array> = {},
): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-cos-faults-'))
  await cp(page, folder, { recursive: true })
  for (const name of ['sql-wasm-browser.js', 'sql-wasm-browser.wasm'])
    await cp(join(sqlJs, name), join(folder, name))
  const sql = await readFile(join(folder, 'sql-wasm-browser.wasm'))
  const files = [tableEntry('assets/answer.wasm', right), tableEntry('sql-wasm-browser.wasm', sql)]
  await mkdir(join(folder, 'assets'))
  const contents: Record<string, string | Uint8Array> = {
    'assets/answer.wasm': right,
    'assets/other.wasm': other,
    'stub.js': `export const texts = ${JSON.stringify({ stub, stubWithIntegrity })}\nexport const files = ${JSON.stringify(files)}\n`,
    ...extra,
  }
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content)
  const site = await serve(folder, options)
  const { close } = site
  return Object.assign(site, {
    folder,
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}
