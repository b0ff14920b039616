import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readJson } from './json-file.ts'

/**
 * What a package says of itself, as far as it matters here. @see
 * https://docs.npmjs.com/cli/configuring-npm/package-json
 */
export interface PackageManifest {
  name?: string
  version?: string
  private?: boolean
  main?: unknown
  module?: unknown
  exports?: unknown
  engines?: Record<string, string>
  license?: unknown
  publishConfig?: { access?: unknown; registry?: unknown }
  /** npm 6 and earlier write here where the package came from. */
  _resolved?: unknown
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** A package in a `node_modules` folder. */
export interface InstalledPackage {
  /** The name under which it is installed. */
  name: string
  /** Absolute path, without symbolic links. */
  folder: string
  /** The `node_modules` folder that it is in. */
  nodeModules: string
  manifest: PackageManifest
}

/** Whether a module or file belongs to a dependency, by its path. */
export function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}

/**
 * Finds the package that a file belongs to.
 *
 * @param path Absolute path of a file, on disk.
 * @returns `undefined` for a file that is in no `node_modules`, once links are followed, or in no package.
 */
export function packageOf(path: string): InstalledPackage | undefined {
  const real = realPathOf(path)
  const within = /^(.*[\\/]node_modules)[\\/]((?:@[^\\/]+[\\/])?[^\\/@.][^\\/]*)[\\/]/s.exec(real ?? '')
  if (within === null) return undefined
  const [, nodeModules, name] = within as unknown as [string, string, string]
  const folder = join(nodeModules, name)
  const manifest = readManifest(folder)
  return manifest === undefined
    ? undefined
    : { name: name.replaceAll('\\', '/'), folder, nodeModules, manifest }
}

/** Reads the `package.json` of a folder; `undefined` where there is none. */
export function readManifest(folder: string): PackageManifest | undefined {
  const manifest = readJson(join(folder, 'package.json'))
  return typeof manifest === 'object' && manifest !== null ? manifest : undefined
}

/** Finds the package that has installed what is in a `node_modules`: the nearest folder above with a manifest. */
export function installerOf({ nodeModules }: InstalledPackage): PackageManifest | undefined {
  const above = dirname(nodeModules)
  return /[\\/]node_modules[\\/]/.test(nodeModules.replace(/[\\/]node_modules$/, '/'))
    ? undefined
    : readManifest(above)
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
