import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { RecentFiles, versionOf } from '@wasm-cos/core'
import { entriesOf } from './files.ts'
import { hasProjectPackage, mostFiles } from './surroundings.ts'
import { largestOtherText } from './text-files.ts'

/** Folders of a project that hold neither a host's configuration nor a server's pages: of tools, tests, what is installed. */
const folderWithoutPages =
  /^(\..*|node_modules|target|coverage|e2e|cypress|playwright|stories|docs|examples?|(__)?(tests?|specs?|fixtures|mocks|snapshots)(__)?)$/

/** What hosts read. */
export const configuration: RegExp =
  /(^|[./])(vercel|firebase|staticwebapp\.config|wrangler)\.jsonc?$|\.(conf|toml|ya?ml|config)$|(^|\/)(\.htaccess|Caddyfile)$/

/** What servers make pages of. */
const template =
  /\.(php|phtml|twig|erb|haml|slim|ejs|hbs|handlebars|mustache|njk|liquid|pug|jade|cshtml|razor|jinja2?|j2|tmpl|gohtml|ftl|jsp|heex|eex)$/

/** Where the pages and the code of servers are, whatever their files are called. */
const serverPath =
  /(^|\/)(views|templates|layouts|resources|server|backend|middleware|functions|api)\/.*\.(html?|[cm]?[jt]s|py|rb|go|java|cs|rs)$/

/** What earlier builds of this process have read: a text with digests, or nothing. */
const digestTexts = new RecentFiles<string>(mostFiles)

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
      if (entry.isFile() && isRead(relative(project, path).replaceAll('\\', '/'))) paths.push(path)
      else if (entry.isDirectory() && path !== folder && !folderWithoutPages.test(entry.name)) open.push(path)
    }
  }
  const texts = new Map<string, string>()
  for (const path of paths.slice(0, mostFiles)) {
    const text = readDigestText(path)
    if (text !== '') texts.set(relative(folder, path).replaceAll('\\', '/'), text)
  }
  return texts
}

/** Whether a host or a server reads a file, by its path in the project. */
function isRead(path: string): boolean {
  return configuration.test(path) || template.test(path) || serverPath.test(path)
}

/** The text of a file that may carry a digest; empty of any other, and of one that is gone meanwhile. */
function readDigestText(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || stats.size > largestOtherText) return ''
  const version = versionOf(stats)
  const known = digestTexts.get(path, version)
  if (known !== undefined) return known
  const bytes = readIfThere(path)
  const mayCarry = ['sha256-', 'sha384-', 'sha512-'].some((start) => bytes?.includes(start))
  const text = mayCarry && isUtf8(bytes!) ? bytes!.toString() : ''
  digestTexts.set(path, version, text, 1)
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
