import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  importedAsModule,
  isPathOf,
  isScriptName,
  loadedAsText,
  type NamedWasm,
  notFromStorage,
} from '@wasm-cos/core'
import { listFiles } from '../read.ts'
import { filePublicAt } from '../read/public-folder.ts'
import { publicWasmInWords } from '../warn/public-wasm.ts'
import type { WrittenFolder } from './written-folder.ts'

/**
 * Says which wasm files the scripts of a bundle name that came into the output when the bundle was finished, or are to
 * come yet: nothing in those scripts knows their hashes.
 *
 * @param written The output.
 * @param named The paths that stand in the scripts of the bundle.
 * @param known The wasm files that the tables at the end of the build have.
 * @returns Messages for the user.
 */
export async function lateWasmWarnings(
  written: WrittenFolder,
  named: readonly NamedWasm[],
  known: string[],
): Promise<string[]> {
  const paths = new Set(named.map(({ path }) => path))
  const unknown = [...paths].filter((path) => !known.some((file) => isPathOf(path, file)))
  if (unknown.length === 0) return []
  const fileNames = listFiles(written.folder)
  const messages = unknown.map(async (path): Promise<string[]> => {
    const late = fileNames.find((name) => isPathOf(path, name))
    const isInText = named.every((one) => one.path !== path || one.isInText)
    // What only the text of a worker names may be a default that the page replaces.
    const isEnd = named.every((one) => one.path !== path || one.isEndOfUrl)
    // Where no such file is there, nobody but who asks for it can tell that one is to come.
    const isAsked = named.some((one) => one.path === path && (one.isByFetch || one.isImported))
    const isElsewhere = isAsked && !isInText && !isEnd && path.startsWith('/')
    if (late === undefined ? !isElsewhere : !(await takesPart(late, written))) return []
    const script = await scriptWith(path, written)
    if (script === undefined) return []
    if (isInText) return [notFromStorage(late!, loadedAsText(script))]
    if (named.some((one) => one.path === path && one.isImported))
      return [notFromStorage(late ?? path, importedAsModule(script))]
    const { publicFolder } = written
    const file = late === undefined && publicFolder ? filePublicAt(path, publicFolder) : undefined
    if (file !== undefined) return [publicWasmInWords(script, path, file, publicFolder!)]
    const what =
      late === undefined
        ? `${script} names ${path}, which is no file of this output: if something copies it to the site later, `
        : `${late} was copied into the output when ${script}, which names it, was finished: `
    // No script is instrumented twice.
    const isInstrumented = written.manifest.files.some(({ chunks }) => chunks.includes(script))
    const way = isInstrumented
      ? "let the bundler copy it (Vite: 'publicDir', webpack: copy-webpack-plugin)"
      : 'run "npx wasm-cos inject" on the site once everything is there'
    return [
      `${what}it will not come from Cross-Origin Storage. Import it (new URL('./module.wasm', import.meta.url)), ${way}, ` +
        "or exclude it with the option 'exclude'.",
    ]
  })
  return (await Promise.all(messages)).flat()
}

/** Whether a file came with this build, not as an asset of the bundler, and is large enough. */
async function takesPart(
  fileName: string,
  { emitted, folder, options, since }: WrittenFolder,
): Promise<boolean> {
  const { ctimeMs, size } = await stat(join(folder, fileName))
  return !emitted.has(fileName) && ctimeMs >= since && size >= options.minSize
}

/** The first script of the bundle in which a path stands. */
async function scriptWith(
  path: string,
  { emitted, folder }: Pick<WrittenFolder, 'emitted' | 'folder'>,
): Promise<string | undefined> {
  for (const name of emitted) {
    if (!isScriptName(name)) continue
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    if (bytes?.includes(path)) return name
  }
  return undefined
}
