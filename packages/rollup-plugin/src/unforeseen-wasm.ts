import { basename } from 'node:path'
import { type HashedWasmFile, hashPositionOf, type OutputFile } from '@wasm-cos/core'
import { hashPositionOfAsset } from './asset-names.ts'
import type { BundleFiles, OutputAsset, OutputChunk, OutputOptions } from './rollup-types.ts'

/**
 * Finds the wasm files that must not be put into chunks: emitted by another plugin with a content that nobody knew when
 * chunks got their names, and under a name that does not change with it. A chunk with a content hash in its name would
 * keep that name when the file's hash in it changes.
 *
 * @param files The output, hashed.
 * @param foreseen The hashes that the names of chunks depend on.
 */
export function findUnforeseen(
  files: OutputFile[],
  bundle: BundleFiles,
  output: OutputOptions,
  foreseen: ReadonlySet<string>,
): HashedWasmFile[] {
  const texts = files.flatMap((file) => (file.type === 'script' ? [file] : []))
  const namedByContent = texts.filter(({ fileName }) => isNamedByContent(bundle.get(fileName)))
  return files.filter((file): file is HashedWasmFile => {
    if (file.type !== 'wasm' || !('hash' in file) || foreseen.has(file.hash.value)) return false
    const asset = bundle.get(file.fileName)
    if (asset?.type !== 'asset' || hashPositionOfAsset(asset, output) || hashPositionOf(file.fileName))
      return false
    const isNamedIn = ({ code }: { code: string }) => code.includes(basename(file.fileName))
    // What no script names, every script that loads may load.
    return texts.some(isNamedIn)
      ? namedByContent.some(isNamedIn)
      : namedByContent.some(({ code }) => code.includes('fetch'))
  })
}

/** The placeholder for the hash in the name of a chunk until the hash is known. */
const placeholder = /!~\{\w+\}~/g

/** Whether a chunk has a name with a hash, and no plugin has given it another. */
function isNamedByContent(file: OutputAsset | OutputChunk | undefined): boolean {
  if (file?.type !== 'chunk') return false
  const [head, ...tails] = file.preliminaryFileName.split(placeholder)
  return tails.length > 0 && file.fileName.startsWith(head!) && file.fileName.endsWith(tails.at(-1)!)
}

/** The warning of a file that {@link findUnforeseen} has found. */
export function unforeseenWarning(fileName: string): string {
  return (
    `${fileName} is not shared through Cross-Origin Storage: another plugin emits it under a name without a hash of its content, and ` +
    'chunks that carry its hash would keep their names when it changes. Give such files a hash in their names ' +
    "('assetFileNames'), import the file in a module, or exclude it with the option 'exclude'."
  )
}
