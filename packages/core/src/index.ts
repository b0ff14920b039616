export { Declarations } from './declarations.ts'
export { applyChanges } from './edit.ts'
export type { EmbeddedHash, Place } from './embedded-hashes.ts'
export type { Manifest, ManifestFile } from './manifest.ts'
export { measureFiles } from './measure-files.ts'
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
export { SourceHashes } from './source-hashes.ts'
export * from './setup.ts'
export { shiftMap } from './sourcemap.ts'
export type { Node } from './syntax.ts'
export { WordPlaces } from './word-places.ts'
