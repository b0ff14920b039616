import { posix } from 'node:path'
import {
  type ContentId,
  type DependencyFile,
  findDependencyFiles,
  type Finders,
  findersOf,
  findListed,
  HashListError,
  matchDependencyFiles,
  type HashedWasmFile,
  packageOf,
  nameWithoutHash,
  privateReason,
} from '@wasm-cos/core'
import { FolderError } from './folder-error.ts'
import { headerOf } from './header.ts'
import { type ManualAddition, manualAddition } from './manual-addition.ts'
import { dependencyCopiesOf } from './read/dependency-copies.ts'
import type { Folder } from './read.ts'
import type { Progress } from './progress.ts'
import { transferSize } from './read/transfer-size.ts'
import { verify } from './verify.ts'

/**
 * Where a file comes from. `dependency`: it is, byte for byte, a file of an installed dependency, as every site that
 * uses it ships it. `private`: it is one of a package that not everyone can install. `changed`: it has the name of one, but
 * the build changed it. `site`: only this site has it.
 */
export type Provenance = 'dependency' | 'private' | 'changed' | 'site'

/** A wasm file in a {@link Report}. */
export interface ReportedFile {
  /** Path within the folder. */
  file: string
  /** Bytes, and as few as the server can send for it: compressed beside it, or with gzip. */
  size: number
  transferSize: number
  hash: string
  provenance: Provenance
  /** The dependency that ships it, or shipped it before the build changed it. */
  dependency?: { name: string; version: string; file: string }
  /** Why the dependency is not public, in words that follow its name. */
  privateReason?: string
  /** Who may read what a page stores, as far as a script says so; undefined where none shares it. */
  origins?: '*' | readonly string[]
  /** The scripts and pages that carry its hash. */
  chunks: string[]
  /** Who will find it once it is stored; undefined where no script shares it. */
  finders?: Finders
  /** Whether the hash is on the Public Hash List; undefined without one. */
  isListed?: boolean
  /** What to propose for the Public Hash List, of a public dependency's file that is not on it. */
  manualAddition?: ManualAddition
}

/** Who has the files of a folder, and what visitors save. */
export interface Report {
  folder: string
  files: ReportedFile[]
  /** Bytes over the network that a visitor saves who has the files from another site. */
  savedFromAnySite: number
  /** Bytes over the network that a visitor saves who has the files from another origin of this site. */
  savedFromThisSite: number
  /** Response headers that the pages need, by name. */
  headers?: Record<string, string>
}

/** What `report` needs to know besides the folder. */
export interface ReportSettings {
  /** The folder of the project's `package.json`. */
  project: string
  /** The Public Hash List, and whether its section of Hugging Face counts. */
  hashList?: { path: string; huggingFace: boolean }
  progress?: Progress
}

/** Finds out, for each wasm file, who else has it and what its visitors save. */
export async function report(
  folder: Folder,
  { project, hashList, progress }: ReportSettings,
): Promise<Report> {
  const listed = hashList && hashesOnList(folder, hashList)
  const installed = await findDependencyFiles(project)
  const same = await matchDependencyFiles(installed, folder.wasm)
  const { findings } = verify(folder)
  const files: ReportedFile[] = []
  for (const [index, wasm] of folder.wasm.entries()) {
    progress?.(`Compressing ${index + 1} of ${folder.wasm.length}: ${wasm.fileName}`)
    const carriers = findings.filter(
      ({ file, by, status }) => file === wasm.fileName && by !== 'manifest' && status === 'true',
    )
    const origins = carriers.find((found) => found.origins !== undefined)?.origins
    const isListed = listed?.has(wasm.hash.value)
    const provenance = provenanceOf(wasm, same, installed)
    files.push({
      file: wasm.fileName,
      size: wasm.size,
      transferSize: await transferSize(folder, wasm),
      hash: wasm.hash.value,
      ...provenance,
      ...(origins && { origins, finders: findersOf(origins, isListed) }),
      chunks: [...new Set(carriers.map(({ carrier }) => carrier))],
      ...(isListed !== undefined && { isListed }),
      ...(isListed === false &&
        provenance.provenance === 'dependency' && {
          manualAddition: manualAddition(wasm.hash.value, provenance.dependency!),
        }),
    })
  }
  // Of several files with the same bytes, a visitor downloads one.
  const sum = (chosen: ReportedFile[]) =>
    [...new Map(chosen.map((file) => [file.hash, file])).values()].reduce(
      (total, file) => total + file.transferSize,
      0,
    )
  const header = headerOf(folder)
  return {
    folder: folder.path,
    files: files.toSorted((a, b) => b.transferSize - a.transferSize),
    savedFromAnySite: sum(files.filter(({ provenance }) => provenance === 'dependency')),
    savedFromThisSite: sum(files),
    ...(header && { headers: { [header.name]: header.value } }),
  }
}

/** The hashes of a folder's wasm files that are on the Public Hash List. */
function hashesOnList(
  { wasm }: Folder,
  { path, ...sections }: NonNullable<ReportSettings['hashList']>,
): Set<string> {
  try {
    return findListed(
      path,
      wasm.map(({ hash }) => hash.value),
      sections,
    )
  } catch (error) {
    if (!(error instanceof HashListError)) throw error
    throw new FolderError(`--public-hash-list: ${path} ${error.message}.`)
  }
}

function provenanceOf(
  { fileName, hash }: HashedWasmFile,
  same: (DependencyFile & ContentId)[],
  installed: DependencyFile[],
): Pick<ReportedFile, 'provenance' | 'dependency' | 'privateReason'> {
  const [twin] = dependencyCopiesOf({ fileName, hash }, same)
  if (twin?.isPublic === true) return { provenance: 'dependency', dependency: describe(twin) }
  if (twin !== undefined) {
    const found = packageOf(twin.path)
    const reason = found && privateReason(found)
    return { provenance: 'private', dependency: describe(twin), ...(reason && { privateReason: reason }) }
  }
  const name = nameWithoutHash(fileName)
  const original = installed.find(({ file }) => posix.basename(file) === name)
  if (original !== undefined) return { provenance: 'changed', dependency: describe(original) }
  return { provenance: 'site' }
}

function describe({ packageName, version, file }: DependencyFile): NonNullable<ReportedFile['dependency']> {
  return { name: packageName, version, file }
}
