import { readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { type InstalledPackage, installerOf, type PackageManifest, packageOf } from './installed-package.ts'
import { readJson } from './json-file.ts'

/**
 * Whether a file belongs to a package that anyone can install, as far as can be known from the disk. If a file of a
 * private package were stored for everyone, any site could find out who has visited the application.
 *
 * @param path Absolute path of a file, on disk.
 */
export function isPublic(path: string): boolean {
  const installed = packageOf(path)
  return installed !== undefined && privateReason(installed) === undefined
}

/** Why a package is not public, in words that follow its name; `undefined` if nothing says so. */
export function privateReason(installed: InstalledPackage): string | undefined {
  return reasonInManifest(installed.manifest) ?? reasonInOrigin(installed)
}

function reasonInManifest({
  license,
  private: isPrivate,
  publishConfig,
}: PackageManifest): string | undefined {
  if (isPrivate === true) return 'is private, its manifest says'
  if (typeof license === 'string' && license.toUpperCase() === 'UNLICENSED')
    return 'has the licence UNLICENSED'
  if (publishConfig?.access === 'restricted') return 'has restricted access, its manifest says'
  const { registry } = publishConfig ?? {}
  return typeof registry === 'string' && !isPublicRegistry(registry)
    ? `is published to ${registry}`
    : undefined
}

/**
 * Registries that publish to everyone: npm's, its mirror by Yarn, and the one through which Google publishes to npm
 * (canvaskit-wasm names it).
 *
 * @see https://github.com/GoogleCloudPlatform/wombat-dressing-room
 */
const publicRegistries =
  /^https?:\/\/(?:registry\.(?:npmjs\.org|yarnpkg\.com)|wombat-dressing-room\.appspot\.com)(?:\/|$)/

function isPublicRegistry(url: string): boolean {
  return publicRegistries.test(url)
}

/** A registry's packages are public unless they say otherwise; what comes from elsewhere need not be. */
function reasonInOrigin(installed: InstalledPackage): string | undefined {
  const origin = [originByNpm, originByPnpm, originByYarn, originByInstaller]
    .map((find) => find(installed))
    .find((found) => found !== undefined && !isOfRegistry(found))
  return origin === undefined ? undefined : `was installed from ${origin}`
}

/**
 * Whether what a package manager notes is a version of a registry: a range, an alias (`npm:`), or the URL of a registry's
 * tarball. A folder, tarball, link, workspace or Git repository is none.
 */
function isOfRegistry(origin: string): boolean {
  if (/^https?:/.test(origin)) return /\/-\/[^/]+\.tgz([?#]|$)/.test(origin)
  if (/^(npm|jsr|catalog):/.test(origin)) return true
  return !/[:/\\]|\.(tgz|tar\.gz)$/.test(origin)
}

/** npm's own record of what it installed. @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json#hidden-lockfiles */
function originByNpm({ name, nodeModules, manifest }: InstalledPackage): string | undefined {
  const { _resolved: resolved } = manifest
  if (typeof resolved === 'string') return resolved
  const [root = '', ...nested] = nodeModules.split(/[\\/]node_modules(?=[\\/]|$)/)
  const lock = readJson(join(root, 'node_modules', '.package-lock.json')) as
    | { packages?: Record<string, { resolved?: string; link?: boolean }> }
    | undefined
  const key = posix.join(...nested.map((part) => `node_modules${part.replaceAll('\\', '/')}`), name)
  const entry = lock?.packages?.[key]
  return entry?.link === true ? `link:${entry.resolved}` : entry?.resolved
}

/** pnpm names a package's folder after where it came from: `x@1.0.0`, `x@file+libs+x`, `x@https+++host+x.tgz`. */
function originByPnpm({ manifest, nodeModules }: InstalledPackage): string | undefined {
  const store = dirname(nodeModules)
  if (basename(dirname(store)) !== '.pnpm') return undefined
  const folder = basename(store)
  const { name = '', version = '' } = manifest
  return folder.startsWith(`${name.replace('/', '+')}@${version}`) ? version : `file:${folder}`
}

/** Yarn's records: of its classic version, and of the newer ones where they have a `node_modules`. */
function originByYarn({ name, nodeModules }: InstalledPackage): string | undefined {
  const integrity = readJson(join(nodeModules, '.yarn-integrity')) as { lockfileEntries?: object } | undefined
  const patterns = Object.keys(integrity?.lockfileEntries ?? {})
  const classic = patterns.find((pattern) => pattern.startsWith(`${name}@`))
  if (classic !== undefined) return classic.slice(name.length + 1)
  const state = readText(join(nodeModules, '.yarn-state.yml'))
  const located = state
    .split(/\n(?=")/)
    .find((entry) => entry.includes(`- "node_modules/${name}"`) && entry.startsWith(`"${name}@`))
  return located?.slice(name.length + 2, located.indexOf('":')).replace(/^virtual:[^#]*#/, '')
}

/** What the project that has the `node_modules` asks for. */
function originByInstaller(installed: InstalledPackage): string | undefined {
  const { dependencies, devDependencies, optionalDependencies } = installerOf(installed) ?? {}
  return { ...devDependencies, ...optionalDependencies, ...dependencies }[installed.name]
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
