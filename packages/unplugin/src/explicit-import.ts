import { explicitImport, type ExplicitImportHooks, urlExpression } from '@wasm-cos/core/setup'
import type { UnpluginBuildContext, UnpluginContext } from 'unplugin'

/** What unplugin calls hooks on. */
export type HookContext = UnpluginBuildContext & UnpluginContext

/** What differs between Farm and Bun for an explicit import. */
interface ImportingBundler {
  /**
   * Finds the file that a specifier stands for, as the bundler does.
   *
   * @returns Its absolute path; undefined for what is left to the bundler.
   */
  resolve(
    context: HookContext,
    specifier: string,
    importer: string | undefined,
  ): string | undefined | Promise<string | undefined>
  /** Writes what follows `import file from` for the file at a path, so that the bundler emits it. */
  urlImport(path: string): string
}

/** Makes the hooks for `import init from './x.wasm?cos'` in bundlers that run them through unplugin. */
export function importHooks({ resolve, urlImport }: ImportingBundler): ExplicitImportHooks<HookContext> {
  return explicitImport<HookContext>({
    resolve,
    declareUrl: (_, path) => `import file from ${urlImport(path)}
const url = ${urlExpression('file')}`,
  })
}
