import { readFileSync } from 'node:fs'
import { applyChanges, loadParser, processOutput, resolveOptions, type WasmCosOptions } from '@wasm-cos/core'
import { right } from './site.ts'

const parser = await loadParser()

export const loaderCode: string = readFileSync(new URL('../page/loader.js', import.meta.url), 'utf8')

/** A script as a build leaves it that ships `assets/answer.wasm`. */
export function instrument(
  code: string,
  format: 'module' | 'script',
  options: WasmCosOptions = {},
  publicUrl?: string,
  bytes = right,
): string {
  const { edits } = processOutput(
    [
      { type: 'wasm', fileName: 'assets/answer.wasm', bytes, sources: [] },
      { type: 'script', fileName: 'loader.js', code, format, refersTo: ['assets/answer.wasm'] },
    ],
    {
      // A busy machine must not make a lookup late.
      options: resolveOptions({ origins: '*', lookupTimeout: 60_000, ...options }),
      parser,
      ...(publicUrl !== undefined && { publicUrl }),
    },
  )
  if (edits.length !== 1) throw new Error('The script was not instrumented.')
  return applyChanges(code, edits[0]!.changes)
}
