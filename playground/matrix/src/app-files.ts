import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The loading style that an application was copied from. */
export function styleOf(app: string): string {
  return basename(dirname(app))
}

/**
 * The entries of an application for bundlers that do not find workers by themselves: their users list a module worker
 * as another entry, so that both share chunks.
 */
export function entriesOf(app: string): Record<string, string> {
  const worker = join(app, 'worker.js')
  return { main: join(app, 'main.js'), ...(existsSync(worker) && { worker }) }
}

/** The classic worker of an application, if it has one: for the same bundlers, a build of its own. */
export function classicWorkerOf(app: string): string | undefined {
  const worker = join(app, 'classic-worker.js')
  return existsSync(worker) ? worker : undefined
}

/** The folder whose files ship as they are, if the application has one. */
export function publicFolderOf(app: string): string | undefined {
  const folder = join(app, 'public')
  return existsSync(folder) ? folder : undefined
}

/** The wasm files in that folder, by name. */
export async function readPublicWasm(app: string): Promise<{ name: string; path: string; bytes: Buffer }[]> {
  const folder = publicFolderOf(app)
  if (folder === undefined) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith('.wasm'))
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { name, path, bytes: await readFile(path) }
    }),
  )
}
