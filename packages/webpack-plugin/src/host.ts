import type { Host, ResolvedOptions } from '@wasm-cos/core'
import type { EarlySources } from '@wasm-cos/core/setup'
import { assetNamesOf } from './asset-names.ts'
import { fixedNamesOf } from './fixed-names.ts'
import { publicUrlOf } from './public-url.ts'
import { readCompilation } from './read.ts'
import { reasonToSkip } from './reason-to-skip.ts'
import { isServerHalf } from './server-half.ts'
import type { StayingAssets } from './staying-assets.ts'
import type { Compilation, Compiler } from './webpack-types.ts'
import { changeAssets } from './write.ts'

/** webpack or Rspack as a host, for a compilation whose code is minified and whose source maps are still part of it. */
export function hostOf(
  compiler: Compiler,
  compilation: Compilation,
  { early, staying }: { early: EarlySources; staying: StayingAssets | undefined },
  options: ResolvedOptions,
): Host {
  const { sources, WebpackError } = compiler.webpack
  const toErrors = (messages: string[]) => messages.map((message) => new WebpackError(message))
  /** By the names of the files, which are without the query that an asset's name can have. */
  const assetNames = assetNamesOf(compilation)
  const assetOf = (fileName: string) => compilation.getAsset(assetNames.get(fileName) ?? fileName)
  return {
    root: compiler.context,
    folder: compiler.outputPath,
    publicUrl: publicUrlOf(compilation),
    reasonToSkip: reasonToSkip(compiler, compilation, options),
    read: () => readCompilation(compiler, compilation, early),
    fileNames: () => assetNames.keys(),
    contentOf: (fileName) => assetOf(fileName)?.source.source(),
    mapNameOf(fileName) {
      const map = assetOf(fileName)?.info.related?.sourceMap
      return typeof map === 'string' ? map : undefined
    },
    fixedNames: fixedNamesOf(compiler, compilation, assetNames),
    isSharedElsewhere: () => isServerHalf(compiler),
    // No names: RealContentHashPlugin makes these of the final content, and names.ts the others.
    edit: (changes) => changeAssets(compiler, compilation, changes, { assetNames, staying }),
    emit: (fileName, text) => compilation.emitAsset(fileName, new sources.RawSource(text) as never),
    warn: (message) => void compilation.warnings.push(...toErrors([message])),
    fail: (messages) => void compilation.errors.push(...toErrors(messages)),
    print: (report) => compiler.getInfrastructureLogger('wasm-cos').info(report),
  }
}
