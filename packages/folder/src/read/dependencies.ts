import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, posix, relative } from 'node:path'
import { type Content, type MeasuredSourceFile, plainNameOf } from '@wasm-cos/core'
import { glob } from 'tinyglobby'
import { measureFiles } from './hash-files.ts'

/** A wasm file that an installed dependency ships. */
export interface DependencyFile {
  /** The package, as people name it: `sql.js`. */
  packageName: string
  version: string
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
 * @param root The folder of the project's `package.json`.
 */
export async function findDependencyFiles(root: string): Promise<DependencyFile[]> {
  const project = await readPackage(root, true)
  if (project === undefined) return []
  const found = new Map<string, Package>()
  const reach = async (from: Package): Promise<void> => {
    await Promise.all(
      from.needs.map(async (name) => {
        const folder = await resolvePackage(name, from.folder)
        if (folder === undefined || found.has(folder)) return
        const dependency = await readPackage(folder, false)
        if (dependency === undefined || found.has(folder)) return
        found.set(folder, dependency)
        await reach(dependency)
      }),
    )
  }
  await reach(project)
  const files = await Promise.all([...found.values()].map(listWasm))
  return files.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Those of them that have one of these contents; only files of the same size are hashed. */
export async function matchDependencyFiles(
  files: DependencyFile[],
  contents: Content[],
): Promise<(DependencyFile & MeasuredSourceFile)[]> {
  const sizes = new Set(contents.map(({ size }) => size))
  const candidates = files.filter(({ size }) => sizes.has(size))
  const measured = await measureFiles(candidates.map(({ path }) => path))
  const hashes = new Set(contents.map(({ hash }) => hash.value))
  return candidates
    .map((file, index) => Object.assign(measured[index]!, file))
    .filter(({ hash }) => hashes.has(hash.value))
}

/** The files with the content of an emitted one, those of its name first. */
export function twinsOf<File extends DependencyFile & Content>(
  { fileName, hash }: { fileName: string; hash: Content['hash'] },
  files: File[],
): File[] {
  const hasName = ({ file }: File) => posix.basename(file) === plainNameOf(fileName)
  const twins = files.filter((file) => file.hash.value === hash.value)
  return twins.toSorted((a, b) => Number(hasName(b)) - Number(hasName(a)))
}

/** Reads a package's manifest; a project's development dependencies count, for they are bundled too. */
async function readPackage(folder: string, isProject: boolean): Promise<Package | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >
    const groups = ['dependencies', 'optionalDependencies', 'peerDependencies']
    if (isProject) groups.push('devDependencies')
    const needs = groups.flatMap((group) => Object.keys((manifest[group] as object | undefined) ?? {}))
    const { name = '', version = '' } = manifest as { name?: string; version?: string }
    return { name, version, folder, needs: [...new Set(needs)] }
  } catch {
    return undefined
  }
}

/** The real folder of a package, as Node would find it; undefined if it is not installed or part of the project. */
async function resolvePackage(name: string, from: string): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      const found = await realpath(join(folder, 'node_modules', name))
      // What is linked from the project's own workspace is nobody else's.
      return /[\\/]node_modules[\\/]/.test(found) ? found : undefined
    } catch {
      if (dirname(folder) === folder) return undefined
    }
  }
}

async function listWasm({ name, version, folder }: Package): Promise<DependencyFile[]> {
  const paths = await glob('**/*.wasm', {
    cwd: folder,
    absolute: true,
    ignore: ['**/node_modules/**'],
    followSymbolicLinks: false,
  })
  return Promise.all(
    paths.map(async (path) => ({
      packageName: name,
      version,
      file: relative(folder, path).replaceAll('\\', '/'),
      path,
      size: (await stat(path)).size,
    })),
  )
}
