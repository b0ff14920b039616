import { loadParser, type Parser } from '@wasm-cos/core'

export { buildOutput, compareWritten } from '@wasm-cos/core'
export { hostOf } from './host.ts'
export { updateMetafile } from './metafile.ts'
export { findOverwrittenInputs } from './overwritten-inputs.ts'
export { writtenOutput } from './written-files.ts'

/** Loaded by the time that somebody who waits for this module has it. */
export const parser: Parser = await loadParser()
