import { contentOf, hasContent } from './content.ts'
import type { ResolvedOptions } from './options.ts'
import { isDependency, resolveOrigins } from './origins.ts'
import type { HashedFile, MeasuredWasmFile, Warning, WasmFile } from './output.ts'
import type { KnownFile } from './repair.ts'

/** Hashes a file, if that was not done before. */
export function measure(file: WasmFile | MeasuredWasmFile): KnownFile {
  return { ...contentOf(file), fileName: file.fileName, sources: file.sources }
}

/** The files that take part, with who may read them. */
export function selectFiles(files: KnownFile[], options: ResolvedOptions): HashedFile[] {
  return files.filter((file) => takesPart(file, options)).map((file) => addOrigins(file, options))
}

function takesPart(file: KnownFile, { includes, minSize }: ResolvedOptions): boolean {
  return file.size >= minSize && includes(namesOf(file))
}

function addOrigins(file: KnownFile, { originsOf }: ResolvedOptions): HashedFile {
  const { fileName, size, hash, sources } = file
  const option = originsOf({ fileName, size, hash: hash.value, sources: sources.map(({ path }) => path) })
  const isShared = sources.some((source) => isDependency(source.path) && hasContent(source, file))
  return { ...file, origins: resolveOrigins(option, isShared) }
}

/** For patterns that match nothing. */
export function patternWarnings(wasm: KnownFile[], { patterns }: ResolvedOptions): Warning[] {
  const names = wasm.flatMap(namesOf)
  return patterns
    .filter(({ matches }) => !names.some(matches))
    .map(({ option }) => ({
      code: 'pattern-matches-nothing',
      message: `Option '${option}' matches none of the wasm files of this build (${names.join(', ') || 'there are none'}).`,
    }))
}

/** The names that patterns are matched against. */
function namesOf({ fileName, sources }: KnownFile): string[] {
  return [fileName, ...sources.map(({ path }) => path)]
}
