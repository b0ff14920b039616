export { applyChanges } from './edit.ts'
export type { EmbeddedHash, Place } from './embedded-hashes.ts'
export { explicitImportModule, explicitImportQuery } from './explicit-import.ts'
export { hashOf } from './hash.ts'
export { stubFingerprint } from './inject.ts'
export type { Manifest, ManifestFile } from './manifest.ts'
export { measureFiles, measureSources, type ReadSourceFile } from './measure-files.ts'
export { OptionError } from './option-error.ts'
export { type OriginsFile, type ResolvedOptions, resolveOptions, type WasmCosOptions } from './options.ts'
export type { OriginsOption } from './origins.ts'
export type {
  Change,
  Content,
  Edit,
  HashedFile,
  MeasuredSourceFile,
  MeasuredWasmFile,
  Origins,
  OutputFile,
  ScriptFile,
  SourceFile,
  Warning,
  WasmFile,
  WasmHash,
} from './output.ts'
export { type Build, type ProcessedOutput, processOutput } from './process.ts'
export { type HashPosition, renameEdited, type Renaming, type TextFile } from './rename.ts'
export { type CheckedHash, checkHashes, type KnownFile, repairHash } from './repair.ts'
export { formatReport } from './report.ts'
export { SourceHashes } from './source-hashes.ts'
export { shiftMap } from './sourcemap.ts'
