import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { entriesOf } from './files.ts'
import { hasProjectPackage, mostFiles } from './surroundings.ts'
import { isTextName, largestOtherText } from './text-files.ts'

/** Folders of a project that hold no configuration and no pages: of tools, of what is compiled, of what is installed. */
const folderWithoutPages = /^(\..*|node_modules|target|coverage)$/

/** Files that name no script of a page: styles, documents, types, and lists of packages, which have many digests of others. */
const nameWithoutPages = /\.(css|s[ac]ss|less|mdx?|svg|map|snap|d\.[cm]?ts)$|(^|[.-])lock(\.json|\.ya?ml)?$/

/** What earlier builds of this process have read, by path. */
const digestTexts = new Map<string, { mtimeMs: number; size: number; text: string | undefined }>()

/**
 * Reads the texts of the project around a folder that may carry digests of its files: the configuration of a host, such as
 * `vercel.json` with a Content-Security-Policy, and the templates of a server. Not asynchronously, which takes longer.
 *
 * @returns Texts by path relative to the folder.
 */
export async function readDigestsAround(folder: string): Promise<Map<string, string>> {
  const project = await projectAround(folder)
  if (project === undefined) return new Map()
  const paths: string[] = []
  const open = [project]
  // The folders next to the root first: there may be more files than are read.
  for (const outer of open) {
    if (paths.length >= mostFiles) break
    for (const entry of entriesOf(outer)) {
      const path = join(outer, entry.name)
      if (entry.isFile() && isTextName(entry.name) && !nameWithoutPages.test(entry.name)) paths.push(path)
      else if (entry.isDirectory() && path !== folder && !folderWithoutPages.test(entry.name)) open.push(path)
    }
  }
  const texts = new Map<string, string>()
  for (const path of paths.slice(0, mostFiles)) {
    const text = readDigestText(path)
    if (text !== undefined) texts.set(relative(folder, path).replaceAll('\\', '/'), text)
  }
  return texts
}

/** The text of a file that may carry a digest; undefined of any other, and of one that is gone meanwhile. */
function readDigestText(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || stats.size > largestOtherText) return undefined
  const { mtimeMs, size } = stats
  const known = digestTexts.get(path)
  if (known !== undefined && known.mtimeMs === mtimeMs && known.size === size) return known.text
  const bytes = readIfThere(path)
  const mayCarry = ['sha256-', 'sha384-', 'sha512-'].some((start) => bytes?.includes(start))
  const text = mayCarry && isUtf8(bytes!) ? bytes!.toString() : undefined
  digestTexts.set(path, { mtimeMs, size, text })
  return text
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** How far up the project is that a folder is an output of: `dist/app/browser`, `build/client`. */
const mostLevels = 3

/** The folder of the project that a folder stands in. */
async function projectAround(folder: string, levels = mostLevels): Promise<string | undefined> {
  const outer = dirname(folder)
  if (levels === 0 || outer === folder) return undefined
  return (await hasProjectPackage(outer)) ? outer : projectAround(outer, levels - 1)
}
