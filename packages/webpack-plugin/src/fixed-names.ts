import type { FixedNames } from '@wasm-cos/core'
import { hashOf } from '@wasm-cos/core/setup'
import { wasmModulesIn } from './wasm-sources.ts'
import type { Asset, Compilation, Compiler } from './webpack-types.ts'

/**
 * The names of scripts with `[chunkhash]`, `[fullhash]`, or `[contenthash]` without `optimization.realContentHash`: they were
 * made before a copy plugin added its files. The names of this compilation's own chunks depend on the wasm modules (see
 * names.ts); those of workers from child compilers and of scripts that are assets depend on no wasm.
 */
export function fixedNamesOf(
  { options }: Compiler,
  compilation: Compilation,
  assetNames: ReadonlyMap<string, string>,
): FixedNames {
  const hasRealContentHash = options.optimization?.realContentHash === true
  // Rspack copies what it says of an asset.
  const fixed = new Map<string, boolean>()
  const hasFixedName = (name: string): boolean => {
    const isKnown = fixed.get(name) ?? isFixed(compilation.getAsset(name), hasRealContentHash)
    fixed.set(name, isKnown)
    return isKnown
  }
  let known: { chunkFiles: Set<string>; foreseen: Set<string> } | undefined
  return {
    ignore(scriptName, { hash }) {
      const name = assetNames.get(scriptName) ?? scriptName
      if (!hasFixedName(name)) return false
      known ??= {
        chunkFiles: new Set(Array.from(compilation.chunks, ({ files }) => [...files]).flat()),
        foreseen: hashesOfModules(compilation),
      }
      return !known.chunkFiles.has(name) || !known.foreseen.has(hash.value)
    },
    advice:
      "Let the names of scripts follow their content ('[contenthash]' with 'optimization.realContentHash')",
  }
}

function isFixed(asset: Readonly<Asset> | undefined | void, hasRealContentHash: boolean): boolean {
  if (!asset) return false
  const { chunkhash, contenthash, fullhash } = asset.info
  if (hasRealContentHash && isThere(contenthash)) return false
  return [chunkhash, contenthash, fullhash].some(isThere)
}

/** Whether a name has a hash of a kind: webpack notes one or several, Rspack always several. */
function isThere(hash: string | string[] | undefined): boolean {
  return hash !== undefined && hash.length > 0
}

/** The hashes of the wasm modules, as their loaders have left them. */
function hashesOfModules({ modules }: Compilation): Set<string> {
  const hashes = new Set<string>()
  for (const module of modules) {
    const bytes = wasmModulesIn([module]).length > 0 ? module.originalSource()?.buffer() : undefined
    if (bytes !== undefined) hashes.add(hashOf(bytes).value)
  }
  return hashes
}
