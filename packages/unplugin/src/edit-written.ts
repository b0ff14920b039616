import { formatReport, resolveOptions, type WasmCosOptions } from '@wasm-cos/core/setup'
import { everything, inject, readFolder, sentenceOf } from '@wasm-cos/folder'

/** Where what is to be said of a written output goes. */
export interface Say {
  print(report: string): void
  warn(message: string): void
}

/**
 * Edits the output of a bundler that gives no hook between its last change and the disk: the folder is edited once it is
 * written, all or nothing.
 *
 * @param folder The output folder.
 * @param project The folder of the project's `package.json`.
 * @param hashes The hashes in names that the bundler has told, by name in the output folder.
 * @throws {Error} If the output cannot be edited without breaking a page; it is then as the bundler wrote it.
 */
export async function editWritten(
  folder: string,
  project: string,
  userOptions: WasmCosOptions | undefined,
  say: Say,
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const options = resolveOptions(userOptions)
  const { outcome, obstacles, warnings, manifest } = await inject(await readFolder(folder), {
    options,
    project,
    ...everything,
    hashes,
  })
  const messages = warnings.map(({ message }) => message)
  if (outcome === 'refused') {
    throw new Error(['wasm-cos changed nothing:', ...obstacles.map(sentenceOf), ...messages].join('\n  '))
  }
  for (const message of messages) say.warn(message)
  if (manifest.files.length > 0) say.print(formatReport(manifest))
}
