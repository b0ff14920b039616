import { isScriptName } from '@wasm-cos/core/setup'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { holdsBytes } from '@wasm-cos/core/setup'
import type { OutputFile } from 'esbuild'

/**
 * Writes the files that esbuild would have written. A file that did not change since the last build is not touched, and one
 * that is no longer emitted is removed. Not asynchronously, which takes longer for small files.
 */
export class OutputWriter {
  #hashes = new Map<string, string>()

  /** Writes the files of a build. */
  write(files: OutputFile[]): void {
    const before = this.#hashes
    this.#hashes = new Map(files.map(({ path, hash }) => [path, hash]))
    const folders = files.filter(({ path }) => path !== '<stdout>').map(({ path }) => dirname(path))
    for (const folder of new Set(folders)) mkdirSync(folder, { recursive: true })
    for (const file of files) if (before.get(file.path) !== file.hash || !isOnDisk(file)) write(file)
    for (const path of before.keys()) if (!this.#hashes.has(path)) removeIfThere(path)
  }
}

function isOnDisk({ path, contents }: OutputFile): boolean {
  try {
    return holdsBytes(path, contents)
  } catch {
    return false
  }
}

/** What is no longer emitted may have been removed by others, or be in use. */
function removeIfThere(path: string): void {
  try {
    rmSync(path)
  } catch {
    return
  }
}

function write(file: OutputFile): void {
  const { path, contents } = file
  // What a build without an output path writes.
  if (path === '<stdout>') console.log(file.text.replace(/\n$/, ''))
  else writeFileSync(path, contents, { mode: isExecutable(path, contents) ? 0o777 : 0o666 })
}

function isExecutable(path: string, [first, second]: Uint8Array): boolean {
  return isScriptName(path) && first === 0x23 && second === 0x21
}
