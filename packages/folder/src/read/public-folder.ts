import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A folder of the project that a framework serves as it is, so that neither the bundler's output nor the framework's has
 * its files.
 */
export interface PublicFolder {
  /** Absolute path. */
  path: string
  /** The framework's name. */
  of: string
  /** How the framework is told to build, in words. */
  build: string
  /** Whether its files are part of the site for sure; else what is said of them is no error under `strict`. */
  isServed: boolean
}

/** The public folder of Next.js at a path. @see https://nextjs.org/docs/app/api-reference/file-conventions/public-folder */
export function nextPublicFolder(path: string): PublicFolder {
  return { path, of: 'Next.js', build: '"next build"', isServed: true }
}

/** The file of a public folder that a path of a URL stands for. */
export function filePublicAt(path: string, { path: folder }: PublicFolder): string | undefined {
  const segments = path.split('/').filter((segment) => segment !== '')
  // In front may be a base path.
  const ends = segments.map((_, index) => segments.slice(index).join('/'))
  return ends.find((name) => existsSync(join(folder, name)))
}
