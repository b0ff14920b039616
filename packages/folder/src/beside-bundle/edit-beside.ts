import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFault, isPageName, isScriptName } from '@wasm-cos/core'
import type { editScripts } from './edit-scripts.ts'
import { type Folder, listFiles, readTexts } from '../read.ts'
import { TextsOnDisk } from '../read/texts-on-disk.ts'
import { anyWasmName } from '../read/wasm-files.ts'
import { compressedWasmWarnings } from './warn-compressed-wasm.ts'
import { cameWithBuild, type EditedBeside, mayLoadWasm, type WrittenFolder } from './written-folder.ts'

/**
 * Edits what ships beside the bundle, once everything is written: scripts that were copied beside their wasm (`public/`, copy
 * steps) and scripts in pages, which the bundler never handed to its adapter, get the stub as those of the bundle did. They
 * are edited in place, all or none, with the integrity attributes, digests and compressed copies that depend on them. A
 * script whose name would have to change, or whose edit would break something else, is left as it is with a warning. What
 * makes browsers download a shared file all the same is warned of too: hints in pages and headers, lists of service workers.
 */
export async function editBeside(written: WrittenFolder): Promise<EditedBeside> {
  const nothing: EditedBeside = { manifest: { version: 1, files: [] }, warnings: [], notes: [] }
  const fileNames = listFiles(written.folder)
  if (!fileNames.some((name) => anyWasmName.test(name))) return nothing
  const onDisk = new TextsOnDisk(written.folder)
  const { texts, unreadable } = findTexts(written, fileNames, onDisk)
  const edited = texts.size > 0 ? await editTexts(written, fileNames, texts, onDisk) : nothing
  const { manifest, warnings, notes } = edited
  const names = manifest.files.length > 0 ? listFiles(written.folder) : fileNames
  const { findHints } = await import('./find-hints.ts')
  const shared = manifest.files.map(({ file }) => file)
  const compressed = compressedWasmWarnings(written, fileNames, shared)
  const hints = findHints(written, names, [...written.manifest.files, ...manifest.files], onDisk)
  const [faults, others] = [hints.filter(isFault), hints.filter((hint) => !isFault(hint))]
  return {
    ...edited,
    warnings: [
      ...warnings,
      ...unreadable.map(notUtf8),
      ...compressed,
      ...faults.map(({ message }) => message),
    ],
    notes: [...notes, ...others.map(({ message }) => message)],
  }
}

/** The parsers of pages and scripts are loaded for this alone. */
async function editTexts(...args: Parameters<typeof editScripts>): Promise<EditedBeside> {
  const { editScripts } = await import('./edit-scripts.ts')
  return editScripts(...args)
}

/** What renders the pages of Docusaurus, which another compiler writes there, and which is removed. */
const ofDocusaurus = /^__server\//

/** The scripts that were copied in this build, and its pages, that may load wasm; by name where they are not UTF-8. */
function findTexts(
  written: WrittenFolder,
  fileNames: string[],
  onDisk: TextsOnDisk,
): Pick<Folder, 'texts' | 'unreadable'> {
  const { folder, emitted } = written
  const candidates = fileNames.filter(
    (name) => isPageName(name) || (isScriptName(name) && !emitted.has(name) && !ofDocusaurus.test(name)),
  )
  const { texts, unreadable } = readTexts(
    folder,
    candidates.filter((name) => cameWithBuild(name, written)),
    onDisk,
  )
  return {
    texts: new Map([...texts].filter(([, text]) => mayLoadWasm(text))),
    unreadable: unreadable.filter((name) => mayLoadWasm(readFileSync(join(folder, name), 'latin1'))),
  }
}

function notUtf8(fileName: string): string {
  return `${fileName} loads wasm and is not UTF-8: it was left as it is. Save it as UTF-8.`
}
