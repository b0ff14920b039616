import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { editRest } from './edit-rest.ts'
import { type Folder, listFiles, pageName, readTexts, scriptName } from '../read.ts'
import { type LastLook, mayLoadWasm, type WrittenBuild } from './written-build.ts'

/**
 * Takes the last look at an output, once everything is written: scripts that were copied beside their wasm (`public/`, copy
 * steps) and scripts in pages, which the bundler never handed to its adapter, get the stub as those of the bundle did. They
 * are edited in place, all or none, with the integrity attributes, digests and compressed copies that depend on them. A
 * script whose name would have to change, or that something else would be broken by, is left as it is with a warning. So is
 * what makes browsers download a shared file all the same: hints in pages and headers, lists of service workers.
 */
export async function lookAtRest(build: WrittenBuild): Promise<LastLook> {
  const nothing: LastLook = { manifest: { version: 1, files: [] }, warnings: [] }
  const fileNames = await listFiles(build.folder)
  if (!fileNames.some((name) => name.endsWith('.wasm'))) return nothing
  const { texts, unreadable } = await findTexts(build, fileNames)
  const { manifest, warnings } = texts.size > 0 ? await editTexts(build, fileNames, texts) : nothing
  const names = manifest.files.length > 0 ? await listFiles(build.folder) : fileNames
  const { findHints } = await import('./find-hints.ts')
  const hints = await findHints(build, names, [...build.manifest.files, ...manifest.files])
  return { manifest, warnings: [...warnings, ...unreadable.map(notUtf8), ...hints] }
}

/** The parsers of pages and scripts are loaded for this alone. */
async function editTexts(...args: Parameters<typeof editRest>): Promise<LastLook> {
  const { editRest } = await import('./edit-rest.ts')
  return editRest(...args)
}

/** The scripts that were copied in this build, and its pages, that may load wasm; by name where they are not UTF-8. */
async function findTexts(
  { folder, emitted, since }: WrittenBuild,
  fileNames: string[],
): Promise<Pick<Folder, 'texts' | 'unreadable'>> {
  const candidates = fileNames.filter(
    (name) => pageName.test(name) || (scriptName.test(name) && !emitted.has(name)),
  )
  const times = await Promise.all(candidates.map(async (name) => (await stat(join(folder, name))).ctimeMs))
  // What the bundler emitted is the build's own, also where it wrote nothing, since the file was there already.
  const fresh = candidates.filter((name, index) => emitted.has(name) || times[index]! >= since)
  const { texts, unreadable } = await readTexts(folder, fresh)
  const others = await Promise.all(unreadable.map((name) => readFile(join(folder, name), 'latin1')))
  return {
    texts: new Map([...texts].filter(([, text]) => mayLoadWasm(text))),
    unreadable: unreadable.filter((_, index) => mayLoadWasm(others[index]!)),
  }
}

function notUtf8(fileName: string): string {
  return `${fileName} loads wasm and is not UTF-8: it was left as it is. Save it as UTF-8.`
}
