import { readFile } from 'node:fs/promises'
import { explicitImportText } from './module-text.ts'

/** What a hook is called on, as far as every bundler has it. */
interface ImportContext {
  /** Makes a watcher build again when the file changes. */
  addWatchFile(path: string): void
}

/** What differs between bundlers for an explicit import. `Context` is what the hooks are called on. */
export interface ImportingBundler<Context> {
  /**
   * Finds the file that a specifier without its query stands for, as the bundler finds that of any import. A bundler that
   * takes the query off by itself needs none: its adapter uses `load` alone.
   *
   * @returns Its path; undefined for what is left to the bundler.
   */
  resolve?(
    context: Context,
    specifier: string,
    importer: string | undefined,
    options: object,
  ): string | undefined | Promise<string | undefined>
  /** Reads a file, where Node's file system is not the bundler's. */
  read?(context: Context, path: string): Promise<Uint8Array>
  /** Writes statements of a module that declare `url`, the URL of the emitted file, and make the bundler emit it. */
  declareUrl(context: Context, path: string, bytes: Uint8Array): string
}

/**
 * A hook that is called for explicit imports alone; where a bundler does not know filters, its handler returns `null`.
 */
interface Hook<Handler> {
  order: 'pre'
  filter: { id: RegExp }
  handler: Handler
}

/** The hooks for explicit imports: those of unplugin, which are Rollup's. */
export interface ExplicitImportHooks<Context> {
  resolveId: Hook<
    (
      this: Context,
      specifier: string,
      importer: string | undefined,
      options: object,
    ) => Promise<{ id: string } | null>
  >
  load: Hook<
    (
      this: Context,
      id: string,
    ) => Promise<{ code: string; moduleType: 'js'; moduleSideEffects: false } | null>
  >
}

/** What specifiers and ids of explicit imports end with. */
const query = '?cos'
const filter = { id: /\.wasm\?cos$/ }

/**
 * Makes the hooks by which `import init from './x.wasm?cos'` works, the same for every bundler: the import is resolved to an
 * id that is no file, the path with the query behind it, and a module is loaded by that id.
 *
 * Rollup, Rolldown and Vite run these hooks, Farm and Bun run them through unplugin, and the adapters of esbuild, webpack and
 * Rspack call `load` from a hook of their own: these bundlers keep the query apart, and unplugin's hooks have no resolver
 * there that knows what the bundler's own does (aliases of a rule, where text from standard input stands).
 */
export function explicitImport<Context extends ImportContext>(
  bundler: ImportingBundler<Context>,
): ExplicitImportHooks<Context> {
  return {
    resolveId: {
      order: 'pre',
      filter,
      async handler(specifier, importer, options) {
        if (!filter.id.test(specifier)) return null
        const path = await bundler.resolve?.(this, specifier.slice(0, -query.length), importer, options)
        return path === undefined ? null : { id: path + query }
      },
    },
    load: {
      order: 'pre',
      filter,
      async handler(id) {
        if (!filter.id.test(id)) return null
        const path = id.slice(0, -query.length)
        this.addWatchFile(path)
        const bytes = bundler.read === undefined ? await readFile(path) : await bundler.read(this, path)
        const code = explicitImportText(bytes, bundler.declareUrl(this, path, bytes))
        return { code, moduleType: 'js', moduleSideEffects: false }
      },
    },
  }
}
