import { loadParser, type Parser } from '@wasm-cos/core'

export { buildOutput, choiceWarnings, compareWritten, sayWarnings } from '@wasm-cos/core'
export { hostOf } from './host.ts'

/** The parser, loaded when the import of this module is done. */
export const parser: Parser = await loadParser()
