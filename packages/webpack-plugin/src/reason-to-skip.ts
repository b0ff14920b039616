import { relative } from 'node:path'
import { isLibrary, type ResolvedOptions } from '@wasm-cos/core/setup'
import type { Compilation, Compiler } from './webpack-types.ts'

/** The notice for a development build, which is left as it is: its code is in strings, or changes all the time. */
export function developmentNotice({ options: { mode, devtool } }: Compiler): string | undefined {
  const reason =
    mode === 'development'
      ? "mode is 'development'"
      : usesEval(devtool)
        ? `devtool ${JSON.stringify(devtool)} puts the code into strings`
        : undefined
  return reason && `Wasm files load as without the plugin: ${reason}. Build for production to share them.`
}

function usesEval(devtool: unknown): boolean {
  const values = Array.isArray(devtool) ? devtool.map(({ use }: { use: unknown }) => use) : [devtool]
  return values.some((value) => typeof value === 'string' && value.startsWith('eval'))
}

/** Why a build does not take part, see `Host.reasonToSkip` in core; undefined for a build that does. */
export function reasonToSkip(
  compiler: Compiler,
  { outputOptions }: Compilation,
  { final }: ResolvedOptions,
): string | undefined {
  // A framework builds several outputs in one run, with files of the same names.
  if (!isForWeb(compiler))
    return `(${folderOf(compiler)}) is not for the web alone (option 'target'), and elsewhere there is no Cross-Origin Storage`
  // Other types of library are also what applications and micro-frontends are.
  if (outputOptions.library?.type?.startsWith('commonjs') && !final) return isLibrary
  return undefined
}

function folderOf({ context, outputPath }: Compiler): string {
  return relative(context, outputPath) || '.'
}

/** Whether a compiler builds for the web alone. */
export function isForWeb({ platform, options }: Compiler): boolean {
  // Early versions of Rspack 1 have no 'platform'.
  const { web, node } = platform ?? options.externalsPresets
  return web === true && node !== true
}
