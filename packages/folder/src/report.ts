import { posix } from 'node:path'
import { type Content, type MeasuredWasmFile, plainNameOf } from '@wasm-cos/core'
import {
  type DependencyFile,
  findDependencyFiles,
  matchDependencyFiles,
  twinsOf,
} from './read/dependencies.ts'
import type { Folder } from './folder.ts'
import type { Progress } from './progress.ts'
import { transferSize } from './read/transfer-size.ts'
import { verify } from './verify.ts'

/**
 * Where a file comes from. `dependency`: it is, byte for byte, a file of an installed dependency, as every site that
 * uses it ships it. `changed`: it has the name of one, but the build changed it. `site`: only this site has it.
 */
export type Provenance = 'dependency' | 'changed' | 'site'

/** What is to be said of one wasm file. */
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
  /** Who may read what a page stores, as far as a script says so; undefined where none shares it. */
  origins?: '*' | readonly string[]
  /** The scripts and pages that carry its hash. */
  chunks: string[]
  /** Whether the hash is on the list; undefined without one. */
  isPublic?: boolean
}

/** Who benefits. */
export interface Report {
  folder: string
  files: ReportedFile[]
  /** Bytes over the network that a visitor saves who has the files from another site. */
  savedFromAnySite: number
  /** The same for a visitor who has them from another origin of this site. */
  savedFromThisSite: number
}

/** Finds out, for each wasm file, who else has it and what its visitors save. */
export async function report(
  folder: Folder,
  project: string,
  publicHashes?: Set<string>,
  progress?: Progress,
): Promise<Report> {
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
    files.push({
      file: wasm.fileName,
      size: wasm.size,
      transferSize: await transferSize(folder, wasm),
      hash: wasm.hash.value,
      ...provenanceOf(wasm, same, installed),
      ...(origins && { origins }),
      chunks: [...new Set(carriers.map(({ carrier }) => carrier))],
      ...(publicHashes && { isPublic: publicHashes.has(wasm.hash.value) }),
    })
  }
  // Of several files with the same bytes, a visitor downloads one.
  const sum = (chosen: ReportedFile[]) =>
    [...new Map(chosen.map((file) => [file.hash, file])).values()].reduce(
      (total, file) => total + file.transferSize,
      0,
    )
  return {
    folder: folder.path,
    files: files.toSorted((a, b) => b.transferSize - a.transferSize),
    savedFromAnySite: sum(files.filter(({ provenance }) => provenance === 'dependency')),
    savedFromThisSite: sum(files),
  }
}

function provenanceOf(
  { fileName, hash }: MeasuredWasmFile,
  same: (DependencyFile & Content)[],
  installed: DependencyFile[],
): Pick<ReportedFile, 'provenance' | 'dependency'> {
  const [twin] = twinsOf({ fileName, hash }, same)
  if (twin !== undefined) return { provenance: 'dependency', dependency: describe(twin) }
  const name = plainNameOf(fileName)
  const original = installed.find(({ file }) => posix.basename(file) === name)
  if (original !== undefined) return { provenance: 'changed', dependency: describe(original) }
  return { provenance: 'site' }
}

function describe({ packageName, version, file }: DependencyFile): NonNullable<ReportedFile['dependency']> {
  return { name: packageName, version, file }
}
