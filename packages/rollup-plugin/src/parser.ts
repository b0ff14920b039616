import { loadParser, type Parser } from '@wasm-cos/core/setup'
import type { PluginContext } from './rollup-types.ts'

/** Rolldown's own parser, or another one of the same kind. */
export async function parserOf(context: PluginContext): Promise<Parser> {
  return 'rolldownVersion' in context.meta ? (context.parse as Parser) : loadParser()
}
