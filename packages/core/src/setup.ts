/**
 * What a plugin needs before there is any output. It loads neither the parser nor what else works on output: a plugin
 * can load these while the bundler is busy with modules.
 */
export { explicitImport, type ExplicitImportHooks, type ImportingBundler } from './explicit-import/hooks.ts'
export { EarlySources } from './hash/early-sources.ts'
export { stubFingerprint } from './inject/fingerprint.ts'
export { hashOf } from './hash/hash.ts'
export { loadAhead } from './load-ahead.ts'
export { hashFile, hashPieces, hashSources, holdsBytes, isUnchanged, piecesOf } from './hash/hash-sources.ts'
export { Recent } from './recent.ts'
export { matchesAny } from './options/filter-pattern.ts'
export { OptionError } from './options/option-error.ts'
export type { OriginsFile, WasmCosOptions } from './options/options.ts'
export { type ResolvedOptions, resolveOptions } from './options/resolve-options.ts'
export { leftAloneInWords, stayingInWords } from './report/left-alone.ts'
export { mayLoadByWords } from './scan/may-load-by-words.ts'
export { storageHeader } from './report/storage-header.ts'
export type { OriginsOption } from './options/origins.ts'
export { hashFinder } from './rename/name-template.ts'
export { loadParser, type Parser, parserOf } from './syntax/parser.ts'
export { manifestOf, manifestText } from './report/manifest.ts'
export { formatReport } from './report/table.ts'
export { hashPositionOf } from './rename/hash-in-name.ts'
