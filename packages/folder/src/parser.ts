import { type Parser, parserOf } from '@wasm-cos/core'
import { parseSync } from 'oxc-parser'

export const parser: Parser = parserOf(parseSync)
