/**
 * Whether a path, written from some root or folder, may be that of a file: one of them can be below the other's root.
 *
 * @param path With or without slashes and dots in front.
 * @param fileName Path within the output, with forward slashes.
 */
export function isPathOf(path: string, fileName: string): boolean {
  const below = path.replace(/^(\.{0,2}\/)+/, '')
  return `/${fileName}`.endsWith(`/${below}`) || `/${below}`.endsWith(`/${fileName}`)
}
