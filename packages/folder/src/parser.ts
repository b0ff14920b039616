import { loadParser, type Parser } from '@wasm-cos/core'

export const parser: Parser = await loadParser()
