import { stat } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Span } from '@wasm-cos/core'
import type { BuildOptions, Message, OnLoadResult, PartialMessage, PluginBuild } from 'esbuild'
import { MagicString } from 'magic-string'
import { importFile, importScriptUrl, needsScriptUrl } from './emitted-files.ts'
import { findWasmUrls, type WasmUrl } from './wasm-urls.ts'

/**
 * Makes a module import the files that it names in `new URL('./x.wasm', import.meta.url)`.
 *
 * @param isExcluded Whether nothing is to be said of a file that is not there, by its absolute path.
 * @returns The module, without contents where no file that it names is there, undefined where it names none; and what to say of those
 * that are not there.
 */
export async function importWasmUrls(
  build: PluginBuild,
  path: string,
  code: string,
  isExcluded: (path: string) => boolean,
): Promise<{ module: OnLoadResult | undefined; messages: PartialMessage[] }> {
  const found: FoundUrl[] = []
  const messages: PartialMessage[] = []
  // What is not there is watched: it may come back.
  const missing: string[] = []
  for (const url of findWasmUrls(path, code)) {
    const file = await resolveWasm(build, path, url)
    if (file !== undefined) found.push({ ...url, file })
    else {
      const place = pathOf(url, path)
      missing.push(place)
      if (!isExcluded(place)) messages.push(notFound(nameOf(path, build), code, url))
    }
  }
  if (found.length === 0)
    return { module: missing.length > 0 ? { watchFiles: missing } : undefined, messages }
  const contents = importFiles(path, code, found, build.initialOptions)
  return { module: { contents, loader: 'default', watchFiles: [path, ...missing] }, messages }
}

/** A module as esbuild's own messages name it. */
function nameOf(path: string, { initialOptions }: PluginBuild): string {
  return relative(initialOptions.absWorkingDir ?? process.cwd(), path).replaceAll('\\', '/')
}

/** The absolute path of a URL, as URLs are relative to their importer. */
function pathOf({ specifier }: WasmUrl, importer: string): string {
  return fileURLToPath(new URL(specifier, pathToFileURL(importer)))
}

interface FoundUrl extends WasmUrl {
  /** Absolute path. */
  file: string
}

/**
 * Finds the file of a URL: relative to the importer as a URL is, and if there is no such file, as the import of a
 * package.
 */
async function resolveWasm(build: PluginBuild, importer: string, url: WasmUrl): Promise<string | undefined> {
  const { specifier } = url
  const path = pathOf(url, importer)
  if (await isFile(path)) return path
  if (specifier.startsWith('.')) return undefined
  const resolved = await build.resolve(specifier, {
    kind: 'import-statement',
    importer,
    resolveDir: dirname(importer),
  })
  return (await isFile(resolved.path)) ? resolved.path : undefined
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true
}

/**
 * Puts imported names in the places of the arguments. The names are filled up with spaces and the imports stand at the
 * end, so that every other token stays where it is and a source map that the module brings along stays true.
 */
function importFiles(path: string, code: string, urls: FoundUrl[], options: BuildOptions): string {
  const edited = new MagicString(code)
  const prefix = freePrefix(code)
  const put = ({ start, end }: Span, name: string) => edited.update(start, end, name.padEnd(end - start))
  const files = [...new Set(urls.map(({ file }) => file))]
  const imports = files.map((file, index) => importFile(`${prefix}${index}`, file, options))
  for (const { file, url } of urls) put(url, `${prefix}${files.indexOf(file)}`)
  if (needsScriptUrl(options)) {
    for (const { base } of urls) put(base, `${prefix}url`)
    imports.push(importScriptUrl(`${prefix}url`))
  }
  edited.append(`\n${imports.join('\n')}\n`)
  const hasOwnMap = /\/[/*][#@] sourceMappingURL=/.test(code)
  if (!options.sourcemap || hasOwnMap) return edited.toString()
  // The one form of a name that esbuild 0.25.0 resolves, too.
  const source = pathToFileURL(path).href
  const map = edited.generateMap({ source, includeContent: true, hires: 'boundary' })
  return `${edited.toString()}//# sourceMappingURL=${map.toUrl()}\n`
}

function freePrefix(code: string): string {
  let prefix = 'cos'
  while (code.includes(prefix)) prefix += '_'
  return prefix
}

function notFound(file: string, code: string, { specifier, url }: WasmUrl): PartialMessage {
  const lines = code.slice(0, url.start).split('\n')
  const location: Partial<Message['location']> = {
    file,
    line: lines.length,
    column: Buffer.byteLength(lines.at(-1)!),
    length: Buffer.byteLength(code.slice(url.start, url.end)),
    lineText: code.split('\n')[lines.length - 1]!,
  }
  return {
    text: `"${specifier}" is not there at build time, so that the URL is left for run time. Install the package or build the file first, or exclude it with the option 'exclude'.`,
    location,
  }
}
