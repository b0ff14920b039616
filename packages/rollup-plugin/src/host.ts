import { dirname, resolve } from 'node:path'
import type { HashedSourceFile, Host } from '@wasm-cos/core'
import { isScriptName, stayingInWords } from '@wasm-cos/core/setup'
import type { Bundler } from './bundler.ts'
import { hashPositionOfAsset } from './asset-names.ts'
import { contentOf, readBundle } from './read.ts'
import type { OutputBundle, OutputOptions, PluginContext } from './rollup-types.ts'
import { fixedNamesOf } from './fixed-names.ts'
import { changeBundle } from './write.ts'

/** What the hooks have found out of a build before it has output. */
export interface KnownBuild {
  bundler: Bundler
  /** Whether the wasm assets of this output ship as they were emitted. */
  keepsAssets: boolean
  /** The wasm modules. */
  modules: HashedSourceFile[]
  /** The hashes that the names of chunks depend on. */
  foreseen: ReadonlySet<string>
  /** The hashes of the files that other outputs of the project share. */
  shared: ReadonlySet<string>
  /** What the build's outputs have warned of, which need not be said for each. */
  warned: Set<string>
}

/** Rollup, Rolldown or Vite as a host, for the bundle of one output in `generateBundle`. */
export function hostOf(
  context: PluginContext,
  output: OutputOptions,
  bundle: OutputBundle,
  { bundler, keepsAssets, modules, foreseen, shared, warned }: KnownBuild,
): Host {
  const files = new Map(Object.values(bundle).map((file) => [file.fileName, file]))
  return {
    root: bundler.root(),
    folder: folderOf(output),
    publicUrl: bundler.publicUrl(),
    reasonToSkip: bundler.reasonToSkip(output),
    read: () => readBundle(files, output, { ...bundler, keepsAssets, modules }),
    fileNames: () => files.keys(),
    contentOf(fileName) {
      const file = files.get(fileName)
      return file && contentOf(file)
    },
    mapNameOf(fileName) {
      const file = files.get(fileName)
      return (file?.type === 'chunk' && file.sourcemapFileName) || undefined
    },
    // The names of chunks are fixed: see names.ts.
    hashPositionOf(fileName) {
      const file = files.get(fileName)
      if (file?.type !== 'asset' || !isScriptName(fileName)) return undefined
      return bundler.hashPositionOf(fileName) ?? hashPositionOfAsset(file, output)
    },
    isBeside: (fileName) => !files.has(fileName),
    fixedNames: fixedNamesOf(files, output, foreseen),
    modules: () => modules,
    isSharedElsewhere: ({ hash }) => shared.has(hash.value),
    edit(changes) {
      const isNamedElsewhere = changes.fileNames.size > 0 && (bundler.namesScriptsElsewhere?.() ?? false)
      const staying = changeBundle(context, bundle, changes, isNamedElsewhere)
      const scripts = staying.filter((fileName) => !fileName.endsWith('.map'))
      if (scripts.length > 0) bundler.print(stayingInWords(scripts))
    },
    emit: (fileName, source) => void context.emitFile({ type: 'asset', fileName, source }),
    warn(message) {
      if (!warned.has(message)) context.warn(message)
      warned.add(message)
    },
    fail: (messages) => context.error(messages.join('\n')),
    print: (report) => bundler.print(report),
  }
}

/** The folder that an output is written to; one that is not written has none. */
function folderOf({ dir, file }: OutputOptions): string | undefined {
  const folder = dir ?? (file && dirname(file))
  return folder === undefined ? undefined : resolve(folder)
}
