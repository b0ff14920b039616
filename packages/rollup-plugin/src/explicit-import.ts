import { basename } from 'node:path'
import { explicitImport, type ExplicitImportHooks } from '@wasm-cos/core/setup'

/** What the hooks use of the context of Rollup, Rolldown and Vite. */
export interface ModuleContext {
  resolve(
    source: string,
    importer: string | undefined,
    options: object,
  ): Promise<{ id: string; external: unknown } | null>
  addWatchFile(path: string): void
  emitFile(file: { type: 'asset'; name: string; originalFileName: string; source: Uint8Array }): string
}

/** The hooks for explicit imports, on that context. */
export type ImportHooks = ExplicitImportHooks<ModuleContext>

/**
 * Makes the hooks for `import init from './x.wasm?cos'` in Rollup, Rolldown and Vite.
 *
 * @param declareUrl Declares `url`, the URL of the file at `path`, in the module.
 */
export function importHooks(
  declareUrl: (context: ModuleContext, path: string, bytes: Uint8Array) => string,
): ImportHooks {
  return explicitImport({
    async resolve(context, specifier, importer, options) {
      const file = await context.resolve(specifier, importer, { ...options, skipSelf: true })
      return file === null || file.external ? undefined : file.id
    },
    declareUrl,
  })
}

/** Declares the URL of a file that is emitted as an asset, in Rollup's terms. */
export function declareEmittedUrl(context: ModuleContext, path: string, source: Uint8Array): string {
  const reference = context.emitFile({ type: 'asset', name: basename(path), originalFileName: path, source })
  return `const url = import.meta.ROLLUP_FILE_URL_${reference}`
}
