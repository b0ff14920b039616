import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { explicitImportModule, explicitImportQuery } from '@wasm-cos/core/setup'
import type { PreHook } from './rollup-types.ts'

/** What the hooks use of the bundler's context. */
export interface ModuleContext {
  resolve(
    source: string,
    importer: string | undefined,
    options: object,
  ): Promise<{ id: string; external: unknown } | null>
  addWatchFile(path: string): void
  emitFile(file: { type: 'asset'; name: string; originalFileName: string; source: Uint8Array }): string
}

/** The hooks, in the terms of Rollup, Rolldown and Vite. */
export interface ExplicitImportHooks {
  resolveId: PreHook<
    (
      this: ModuleContext,
      source: string,
      importer: string | undefined,
      options: object,
    ) => Promise<{ id: string } | null>
  >
  load: PreHook<
    (
      this: ModuleContext,
      id: string,
    ) => Promise<{ code: string; moduleType: 'js'; moduleSideEffects: false } | null>
  >
}

const filter = { id: /\.wasm\?cos$/ }

/**
 * The hooks that make `import init from './x.wasm?cos'` work. The file is resolved as it would be without the query.
 *
 * @param declareUrl Declares `url`, the URL of the file at `path`, in the module.
 */
export function explicitImport(
  declareUrl: (context: ModuleContext, path: string, bytes: Uint8Array) => string,
): ExplicitImportHooks {
  return {
    resolveId: {
      order: 'pre',
      filter,
      async handler(source, importer, options) {
        // Rollup has filters since 4.38 only.
        if (!filter.id.test(source)) return null
        const file = await this.resolve(withoutQuery(source), importer, { ...options, skipSelf: true })
        return file === null || file.external ? null : { id: file.id + explicitImportQuery }
      },
    },
    load: {
      order: 'pre',
      filter,
      async handler(id) {
        if (!filter.id.test(id)) return null
        const path = withoutQuery(id)
        this.addWatchFile(path)
        const bytes = await readFile(path)
        const code = explicitImportModule(bytes, declareUrl(this, path, bytes))
        return { code, moduleType: 'js', moduleSideEffects: false }
      },
    },
  }
}

/** Emits the file as an asset, in Rollup's terms. */
export function declareEmittedUrl(context: ModuleContext, path: string, source: Uint8Array): string {
  const reference = context.emitFile({ type: 'asset', name: basename(path), originalFileName: path, source })
  return `const url = import.meta.ROLLUP_FILE_URL_${reference}`
}

function withoutQuery(id: string): string {
  return id.slice(0, -explicitImportQuery.length)
}
