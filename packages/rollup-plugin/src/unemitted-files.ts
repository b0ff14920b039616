import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { HashedSourceFile, HashedWasmFile, OutputFile } from '@wasm-cos/core'
import { hashFile } from '@wasm-cos/core/setup'

/**
 * Finds wasm files that another plugin has written to the output folder by itself, as `@rollup/plugin-url` does,
 * instead of emitting them: those that hold a module of the build that nothing emitted, and that a chunk names. A file
 * that an earlier build left there may be among them: its content is the same, byte for byte.
 *
 * @param modules The wasm modules of the build.
 * @param emitted What the bundler knows of.
 */
export async function readUnemittedFiles(
  folder: string | undefined,
  modules: HashedSourceFile[],
  emitted: OutputFile[],
): Promise<HashedWasmFile[]> {
  const known = new Set(
    emitted.flatMap((file) => (file.type === 'wasm' ? file.sources.map(({ path }) => path) : [])),
  )
  const missing = modules.filter(({ path }) => !known.has(path))
  if (folder === undefined || missing.length === 0) return []

  const scripts = emitted.filter((file) => file.type === 'script')
  const taken = new Set(emitted.map(({ fileName }) => fileName))
  const names = (await readdir(resolve(folder), { recursive: true }).catch(() => []))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.wasm') && !taken.has(name))
    .filter((name) => scripts.some(({ code }) => code.includes(name.slice(name.lastIndexOf('/') + 1))))
  const found = names.map(async (fileName): Promise<HashedWasmFile[]> => {
    const content = await hashFile(join(folder, fileName))
    const sources = missing.filter(({ hash }) => hash.value === content.hash.value)
    return sources.length > 0 ? [{ type: 'wasm', fileName, ...content, sources }] : []
  })
  return (await Promise.all(found)).flat()
}
