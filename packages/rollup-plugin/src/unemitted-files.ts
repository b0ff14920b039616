import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OutputFile, SourceFile, WasmFile } from '@wasm-cos/core'

/**
 * Finds wasm files that another plugin has written to the output folder by itself, as `@rollup/plugin-url` does,
 * instead of emitting them: those that hold a module of the build that nothing emitted, and that a chunk names. What an
 * earlier build left there may be among them; it is the same, byte for byte.
 *
 * @param modules The wasm modules of the build.
 * @param emitted What the bundler knows of.
 */
export async function readUnemittedFiles(
  folder: string | undefined,
  modules: SourceFile[],
  emitted: OutputFile[],
): Promise<WasmFile[]> {
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
  const found = names.map(async (fileName): Promise<WasmFile[]> => {
    const bytes = await readFile(join(folder, fileName))
    const sources = missing.filter((module) => Buffer.compare(module.bytes, bytes) === 0)
    return sources.length > 0 ? [{ type: 'wasm', fileName, bytes, sources }] : []
  })
  return (await Promise.all(found)).flat()
}
