import { type Parser, parserOf } from '@wasm-cos/core'
import { parseSync } from 'oxc-parser'

export { buildOutput, compareWritten, finishInMemory } from '@wasm-cos/core'
export { hostOf } from './host.ts'
export { updateMetafile } from './metafile.ts'
export { findOverwrittenInputs } from './overwritten-inputs.ts'
export { writtenOutput } from './written-files.ts'

export const parser: Parser = parserOf(parseSync)
