export { Declarations } from './syntax/declarations.ts'
export { applyChanges } from './edit/apply-changes.ts'
export { inOrder } from './edit/in-order.ts'
export type { EmbeddedHash } from './embedded/embedded-hash.ts'
export type { Span } from './syntax/span.ts'
export { type Manifest, type ManifestFile, parseManifest } from './report/manifest.ts'
export { whyNoManifest } from './report/manifest-place.ts'
export { hashOutput } from './hash/hash-files.ts'
export type {
  CandidateFile,
  Change,
  ContentId,
  Edit,
  HashedFile,
  HashedSourceFile,
  HashedWasmFile,
  HashPosition,
  Origins,
  OutputFile,
  ScriptFile,
  SourceFile,
  ImportMap,
  UnreadableFile,
  Warning,
  WasmFile,
  WasmHash,
} from './output.ts'
export { buildOutput, type Built, finishInMemory, sayWarnings } from './build.ts'
export { compareWritten } from './compare/compare-written.ts'
export { versionOf } from './memory/file-version.ts'
export { RecentFiles } from './memory/recent-files.ts'
export { editTexts, SourceMapError } from './edit/edit-texts.ts'
export { readScript } from './edit/read-script.ts'
export { Texts } from './edit/texts.ts'
export { canCompress, compress, compressedEndings, decompress } from './follow/compressed.ts'
export { type DigestForm, digestForms, type DigestKind, digestsIn } from './follow/digests.ts'
export { CarriedDigests, followDigests, type Mention } from './follow/follow-digests.ts'
export { digestedContents } from './follow/inline-blocks.ts'
export { integrityOf } from './hash/hash.ts'
export type { FixedNames, Host, OutputChanges, Pieces, WrittenOutput } from './host.ts'
export { absoluteUrl } from './options/absolute-url.ts'
export { type Choice, choiceWarnings } from './options/choice.ts'
export { type Build, type ProcessedOutput, processOutput } from './process.ts'
export { hashPositionOf, nameWithoutHash } from './rename/hash-in-name.ts'
export { renameEdited, type Renaming } from './rename/rename.ts'
export type { TextFile } from './rename/text-file.ts'
export { type CheckedHash, checkHashes } from './repair/check-hash.ts'
export { hasString } from './memory/has-string.ts'
export { Substrings } from './rename/substrings.ts'
export { isPathOf } from './scan/is-path-of.ts'
export { moduleScripts } from './scan/module-scripts.ts'
export { decode } from './edit/decode.ts'
export { decoded } from './syntax/decoded.ts'
export { remember } from './memory/remember.ts'
export { repairHash } from './repair/repair-hash.ts'
export * from './setup.ts'
export * from './hash-list.ts'
export {
  type DependencyFile,
  dependencyFilesOfSize,
  findDependencyFiles,
  matchDependencyFiles,
} from './packages/dependency-files.ts'
export { packageOf } from './packages/installed-package.ts'
export { privateReason } from './packages/public-package.ts'
export { isFault } from './report/is-fault.ts'
export { audienceInWords } from './report/audience.ts'
export { importedAsModule, loadedAsText, notFromStorage } from './report/not-from-storage.ts'
export type { NamedWasm } from './report/named-wasm.ts'
export { hintWarnings } from './report/hint-warnings.ts'
export { type Finders, findersInWords, findersOf } from './report/finders.ts'
export type { Node } from './syntax/parse.ts'
export { WordPositions } from './syntax/word-positions.ts'
