/**
 * What a plugin needs before there is any output. It loads neither the parser nor what else works on output: a plugin
 * can load these while the bundler is busy with modules.
 */
export { explicitImportModule, explicitImportQuery } from './explicit-import.ts'
export { EarlySources } from './early-sources.ts'
export { stubFingerprint } from './fingerprint.ts'
export { hashOf } from './hash.ts'
export { loadAhead } from './load-ahead.ts'
export { measureBytes } from './measure-files.ts'
export { measureFile, measurePieces, measureSources } from './measure-sources.ts'
export { OptionError } from './option-error.ts'
export { type OriginsFile, type ResolvedOptions, resolveOptions, type WasmCosOptions } from './options.ts'
export type { OriginsOption } from './origins.ts'
export { loadParser, type Parser } from './parser.ts'
export { formatReport } from './report.ts'
