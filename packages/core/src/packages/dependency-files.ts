import { existsSync, realpathSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { hashSources } from '../hash/hash-sources.ts'
import type { ContentId, HashedSourceFile } from '../output.ts'
import { isDependency, readManifest } from './installed-package.ts'
import { isPublic } from './public-package.ts'

/** A wasm file that an installed dependency ships. */
export interface DependencyFile {
  /** The package, as people name it: `sql.js`. */
  packageName: string
  version: string
  /** Whether anyone can install the package. */
  isPublic: boolean
  /** Path within the package, with forward slashes. */
  file: string
  /** Absolute path. */
  path: string
  /** Bytes. */
  size: number
}

interface Package {
  name: string
  version: string
  folder: string
  needs: string[]
}

/**
 * Lists the wasm files of the dependencies that a project has installed, and of theirs, wherever npm, pnpm or Yarn put
 * them. Nothing is hashed.
 *
 * @param root The folder of the project, or one below: the nearest `package.json` says what it depends on.
 */
export async function findDependencyFiles(root: string): Promise<DependencyFile[]> {
  const project = readProject(root)
  if (project === undefined) return []
  const found = new Map<string, Package>()
  const open = [project]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const name of from.needs) {
      const folder = resolvePackage(name, from.folder)
      if (folder === undefined || found.has(folder)) continue
      const dependency = readPackage(folder, false)
      if (dependency === undefined) continue
      found.set(folder, dependency)
      open.push(dependency)
    }
  }
  const files = await Promise.all([...found.values()].map(listWasm))
  return files.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** The files of dependencies that have one of these contents; only files of the same size are hashed. */
export async function matchDependencyFiles(
  files: DependencyFile[],
  contents: ContentId[],
): Promise<(DependencyFile & HashedSourceFile)[]> {
  const sizes = new Set(contents.map(({ size }) => size))
  const candidates = new Map(files.filter(({ size }) => sizes.has(size)).map((file) => [file.path, file]))
  const hashes = new Set(contents.map(({ hash }) => hash.value))
  return (await hashSources(candidates.keys()))
    .filter(({ hash }) => hashes.has(hash.value))
    .map((measured) => ({ ...candidates.get(measured.path)!, ...measured }))
}

/**
 * Hashes those wasm files of a project's dependencies that have one of these sizes: a file that was copied
 * by hand does not say where it is from, and its name may be another.
 *
 * @param root The folder of the project, or one below.
 * @param sizes Bytes.
 */
export async function dependencyFilesOfSize(root: string, sizes: number[]): Promise<HashedSourceFile[]> {
  if (sizes.length === 0) return []
  const files = await findDependencyFiles(root)
  return hashSources(files.filter(({ size }) => sizes.includes(size)).map(({ path }) => path))
}

/** Reads the nearest manifest, in this folder or above. */
function readProject(folder: string): Package | undefined {
  const above = dirname(folder)
  return readPackage(folder, true) ?? (above === folder ? undefined : readProject(above))
}

/** Reads a package's manifest; a project's development dependencies count, for they are bundled too. */
function readPackage(folder: string, isProject: boolean): Package | undefined {
  const manifest = readManifest(folder)
  if (manifest === undefined) return undefined
  const { name = '', version = '', dependencies, optionalDependencies, peerDependencies } = manifest
  const development = isProject ? manifest.devDependencies : {}
  const needs = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies, ...development })
  return { name, version, folder, needs }
}

/**
 * The real folder of a package, as Node would find it; undefined if it is not installed or part of the project. Not asynchronously:
 * a project has hundreds of packages, and to wait for each takes many times longer.
 */
function resolvePackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(path)) {
      const found = realpathSync.native(path)
      // What is linked from the project's own workspace is nobody else's.
      return isDependency(found) ? found : undefined
    }
    if (dirname(folder) === folder) return undefined
  }
}

async function listWasm({ name, version, folder }: Package): Promise<DependencyFile[]> {
  const paths = await wasmIn(folder)
  return Promise.all(
    paths.map(async (path) => ({
      packageName: name,
      version,
      isPublic: isPublic(path),
      file: relative(folder, path).replaceAll('\\', '/'),
      path,
      size: (await stat(path)).size,
    })),
  )
}

/** The wasm files of a package, those of packages in its own `node_modules` aside. */
async function wasmIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map(async (entry): Promise<string[]> => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : wasmIn(path)
    return entry.isFile() && entry.name.endsWith('.wasm') ? [path] : []
  })
  return (await Promise.all(found)).flat()
}
