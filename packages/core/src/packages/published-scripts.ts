import { dirname, join, resolve } from 'node:path'
import { asPattern } from '../as-pattern.ts'
import { type PackageManifest, readManifest } from './installed-package.ts'

/**
 * Finds the scripts of an output that a package gives to who installs it.
 *
 * @param folder Absolute path of the output.
 * @param fileNames The output's scripts, by path within it.
 * @returns The package's name and these scripts; undefined where the nearest package is private, or names none of them.
 * @see https://nodejs.org/api/packages.html#package-entry-points
 */
export function publishedScripts(
  folder: string,
  fileNames: Iterable<string>,
): { name: string; scripts: string[] } | undefined {
  const found = nearestPackage(folder)
  if (found === undefined) return undefined
  const patterns = entryPointsOf(found.manifest)
    .map((path) => resolve(found.folder, path))
    // `./*` is all that the package has, an output or not.
    .filter((path) => !path.includes('*') || path.startsWith(join(folder, '/')))
    .map(patternOf)
  const scripts = [...fileNames].filter((fileName) => {
    const path = resolve(folder, fileName)
    return patterns.some((pattern) => pattern.test(path))
  })
  return scripts.length === 0 ? undefined : { name: found.name, scripts }
}

/** The package that a folder is in, if it can be published; a `package.json` without a name only says how its folder is read. */
function nearestPackage(
  folder: string,
): { folder: string; name: string; manifest: PackageManifest } | undefined {
  const manifest = readManifest(folder)
  if (manifest?.name !== undefined) {
    const isForImporters = manifest.private !== true && !isApplication(manifest)
    return isForImporters ? { folder, name: manifest.name, manifest } : undefined
  }
  const above = dirname(folder)
  return above === folder ? undefined : nearestPackage(above)
}

/** What importers of a package get, as paths; those of `exports` can have a `*` for anything. */
function entryPointsOf({ exports, module, main }: PackageManifest): string[] {
  return stringsIn([exports, module, main])
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** Whether a package is started, and nothing of it is imported: one of Electron's or of an editor's. */
function isApplication({ dependencies, devDependencies, engines }: PackageManifest): boolean {
  return 'electron' in { ...dependencies, ...devDependencies } || 'vscode' in { ...engines }
}

/** Entry points are written with their endings, but for `main`, which can be a folder. */
function patternOf(path: string): RegExp {
  const parts = path.split('*').map(asPattern)
  return new RegExp(String.raw`^${parts.join('.*')}(?:[\\/]index)?(?:\.[cm]?js)?$`, 's')
}
