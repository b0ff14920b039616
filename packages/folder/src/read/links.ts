import { stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { FolderError } from '../folder-error.ts'
import { entriesOf } from './files.ts'

/**
 * Lists the symbolic links in a folder that lead to files: a server delivers what they lead to. What is written under the name
 * of one takes its place, so that nothing outside of the folder changes.
 *
 * @param ignored Names of folders that are left out.
 * @throws {FolderError} If a link leads to a folder with files of a site, whose real place may be anywhere.
 */
export async function listLinks(root: string, ignored: readonly string[]): Promise<string[]> {
  const names: string[] = []
  const visit = async (folder: string): Promise<void> => {
    for (const entry of entriesOf(join(root, folder))) {
      const name = posix.join(folder, entry.name)
      if (ignored.includes(entry.name)) continue
      if (entry.isDirectory()) await visit(name)
      if (!entry.isSymbolicLink()) continue
      const target = await stat(join(root, name)).catch(() => undefined)
      if (target?.isFile() === true) names.push(name)
      if (target?.isDirectory() === true) await refuseSite(root, name)
    }
  }
  await visit('')
  return names
}

async function refuseSite(root: string, name: string): Promise<void> {
  // A function of Vercel's runs on its servers; links give one several routes.
  if (name.endsWith('.func')) return
  const { glob } = await import('tinyglobby')
  const files = await glob('**/*.{js,mjs,cjs,html,htm,wasm}', { cwd: join(root, name) })
  if (files.length === 0) return
  throw new FolderError(
    `${name} in ${root} is a link to a folder with files of the site, and what it leads to is not changed. ` +
      `Give the command a copy in which links are files: cp -RL ${root} <copy>`,
  )
}
