import { isUtf8 } from 'node:buffer'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { filesIn } from './files.ts'
import { isTextName, largestOtherText } from './text-files.ts'

/** The names of folders for the server half of a build, beside or above the half that browsers get. */
const serverFolder = /^(_worker\.js|edge|functions?|nitro|prerendered|server|ssr|standalone|worker)$/i

/** Whether a file stands in the server half of a build, by its path. */
export function hasServerFolder(fileName: string): boolean {
  return fileName.split('/').some((part) => serverFolder.test(part))
}

/**
 * How many folders up a server's files are looked for: they are one above `.next/static`, two above
 * `.next/static/chunks`.
 */
const levels = 2

/** What stands in a page that `wasm-cos report --html` has written: it names a build's files, and serves none. */
export const reportMark = '<meta name="generator" content="wasm-cos report">'

/** More files than a server half has: where there are more, the folder is not part of a build. */
export const mostFiles = 5000

/**
 * Reads the texts around a folder that may name its files: manifests, rendered pages and scripts of the server that
 * serves it. The search ends at the project, which is the folder with `node_modules`, `.git` or a
 * `package.json` of its own.
 *
 * @returns Texts by path relative to the folder: `../build-manifest.json`.
 */
export async function readSurroundings(folder: string): Promise<Map<string, string>> {
  const paths: string[] = []
  let inner = folder
  for (let level = 0; level < levels && !(await isProject(inner)); level++) {
    const outer = dirname(inner)
    if (outer === inner || (await isProject(outer))) break
    for (const entry of await readdir(outer, { withFileTypes: true })) {
      const path = join(outer, entry.name)
      if (entry.isFile() && isReadByServers(entry.name)) paths.push(path)
      else if (entry.isDirectory() && path !== inner && serverFolder.test(entry.name)) {
        paths.push(...textsIn(path))
      }
    }
    inner = outer
  }
  const texts = new Map<string, string>()
  for (const path of paths.slice(0, mostFiles)) {
    if ((await stat(path)).size > largestOtherText) continue
    const bytes = await readFile(path)
    if (isUtf8(bytes) && !bytes.includes(reportMark))
      texts.set(relative(folder, path).replaceAll('\\', '/'), bytes.toString())
  }
  return texts
}

/** Whether a server may read a file: nobody reads what a build has printed. */
function isReadByServers(fileName: string): boolean {
  return isTextName(fileName) && !/\.log$/i.test(fileName)
}

function textsIn(folder: string): string[] {
  return filesIn(folder, ['node_modules', '.git'])
    .filter(isReadByServers)
    .map((name) => join(folder, name))
}

async function isProject(folder: string): Promise<boolean> {
  const names = await readdir(folder)
  return names.includes('node_modules') || names.includes('.git') || hasProjectPackage(folder)
}

/** Whether a folder has the `package.json` of a project: a build may write one into its output, which says only how Node is to read scripts. */
export async function hasProjectPackage(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '')
  return /"(name|scripts|dependencies|devDependencies)"\s*:/.test(text)
}
