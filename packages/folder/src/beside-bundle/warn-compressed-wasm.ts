import { statSync } from 'node:fs'
import { join } from 'node:path'
import { matchesAny } from '@wasm-cos/core/setup'
import { anyWasmName } from '../read/wasm-files.ts'
import { cameWithBuild, type WrittenFolder } from './written-folder.ts'

/** The files of an output that hold compressed wasm, without a wasm file that they are copies of. */
export function compressedWasm(fileNames: string[], written: WrittenFolder): string[] {
  // What the bundle shares may have been removed when it was compressed.
  const shared = written.manifest.files.map(({ file }) => file)
  const plain = new Set([...fileNames, ...written.files.map(({ fileName }) => fileName), ...shared])
  return fileNames.filter(
    (name) =>
      anyWasmName.test(name) &&
      !name.endsWith('.wasm') &&
      !plain.has(uncompressedNameOf(name)) &&
      cameWithBuild(name, written),
  )
}

/** The names of a compressed file: its own, and that of what it holds. */
export function namesOf(fileName: string): string[] {
  return [fileName, uncompressedNameOf(fileName)]
}

function uncompressedNameOf(fileName: string): string {
  return fileName.replace(/\.\w+$/, '')
}

/**
 * Says which wasm ships in compressed files alone: what is loaded from them has other bytes than the bundler's files.
 *
 * @param fileNames Every file of the output.
 * @param shared The files that copied scripts and pages share.
 */
export function compressedWasmWarnings(
  written: WrittenFolder,
  fileNames: string[],
  shared: readonly string[],
): string[] {
  const { folder, options } = written
  const isIncluded = options.include === undefined ? () => true : matchesAny(options.include)
  const isExcluded = matchesAny(options.exclude ?? [])
  const [first, ...others] = compressedWasm(fileNames, written).filter(
    (name) =>
      !namesOf(name).some((one) => shared.includes(one)) &&
      namesOf(name).some(isIncluded) &&
      !namesOf(name).some(isExcluded) &&
      statSync(join(folder, name)).size >= options.minSize,
  )
  if (first === undefined) return []
  const which =
    others.length === 0 ? `${first} is` : `${first} and ${others.length} more files with such names are`
  return [
    `${which} not shared through Cross-Origin Storage: without the .wasm file, a plugin cannot tell who decompresses it. ` +
      'Ship .wasm files, which servers compress when they send them, use the command "npx wasm-cos inject" in place of the plugin, ' +
      "or exclude it with the option 'exclude'.",
  ]
}
