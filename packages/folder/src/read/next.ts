import { posix } from 'node:path'

/** Next.js writes it into the folder of each build (`.next`), and into the copy of it that a server without the project has. */
const mark = 'BUILD_ID'

/** Whether a folder, by path within another one, is a build of Next.js. */
export function isNextBuild(root: string, fileNames: readonly string[]): boolean {
  return fileNames.includes(posix.join(root, mark))
}

/** Whether a file of a build of Next.js is for its server; what browsers get is in `static`, and in pages. */
export function isOfNextServer(fileName: string): boolean {
  return /^(server|standalone)\/(?!.*\.html?$)/.test(fileName)
}

/** Where the public files stand beside a build, by path within the folder around. */
export function publicFolderBeside(build: string): string {
  return posix.join(posix.dirname(build), 'public')
}

/**
 * The folders in which the public files stand beside a build of Next.js (`standalone/public` beside `standalone/.next`). The
 * server answers with them from its root, and with the build's from `/_next/`.
 *
 * @see https://nextjs.org/docs/app/api-reference/config/next-config-js/output
 */
export function publicFoldersOfNext(fileNames: readonly string[]): string[] {
  const builds = fileNames.filter((name) => name.endsWith(`/${mark}`)).map((name) => posix.dirname(name))
  const folders = builds.map(publicFolderBeside)
  return [...new Set(folders)].filter((folder) => fileNames.some((name) => name.startsWith(`${folder}/`)))
}
