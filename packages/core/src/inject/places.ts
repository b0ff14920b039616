import { hasString } from '../memory/has-string.ts'
import { absoluteUrl } from '../options/absolute-url.ts'
import type { HashedFile, OutputFile, ScriptFile } from '../output.ts'
import { hashPositionOf } from '../rename/hash-in-name.ts'
import { baseNameOf } from '../scan/named-files.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'
import { ownUrl } from './own-url.ts'
import { scriptText } from './script-text.ts'

/** Where the files of an output are, as far as a build can know. */
export interface OutputPlaces {
  /** The folder where the output is served from, if the build says so: absolute, or a path that begins with `/`. */
  publicUrl: string | undefined
  /** Whether the output may be an extension of a browser, or a part of one. */
  isOfExtension: boolean
  /** The URLs by which scripts of the output name a file, by its name. */
  urls: Map<string, string[]>
  /** Whether no other wasm file of the output has the base name of a file, be it one that takes no part. */
  isOnly: (fileName: string) => boolean
  /** The scripts that may bring a classic script into a worker: there its own URL is theirs. */
  importersOf: (script: ScannedScript) => string[]
  /** A script's path without its content hash; the path as it is where several differ in nothing else. */
  lastingPathOf: (path: string) => string
}

/** Finds out where the files of an output are. */
export function findPlaces(
  output: OutputFile[],
  scripts: ScannedScript[],
  files: HashedFile[],
  { isOfExtension, publicUrl }: { isOfExtension: boolean; publicUrl?: string | undefined },
): OutputPlaces {
  const namesakes = new Map<string, number>()
  for (const { type, fileName } of output) {
    const name = baseNameOf(fileName)
    if (type === 'wasm') namesakes.set(name, (namesakes.get(name) ?? 0) + 1)
  }
  // Few scripts are injected into, and there may be thousands of others.
  let importing: ScriptFile[] | undefined
  return {
    isOfExtension,
    publicUrl: absoluteUrl(publicUrl)?.replace(/\/?$/, '/'),
    urls: new Map(files.map(({ fileName }) => [fileName, urlsOf(fileName, scripts)])),
    isOnly: (fileName) => (namesakes.get(baseNameOf(fileName)) ?? 0) < 2,
    importersOf: ({ file }) => {
      importing ??= output
        .filter((other) => other.type === 'script')
        .filter(({ code }) => hasString(code, 'importScripts'))
      return importing.flatMap((other) =>
        other !== file &&
        hasString(other.code, baseNameOf(file.fileName)) &&
        // Two scripts that name each other can't both be named by their content.
        !(carriesHash(file.fileName) && carriesHash(other.fileName))
          ? [other.fileName]
          : [],
      )
    },
    lastingPathOf: lastingPaths(scripts.map(({ file }) => file.fileName)),
  }
}

function lastingPaths(paths: string[]): OutputPlaces['lastingPathOf'] {
  const all = paths.map(withoutHash)
  return (path) => {
    const lasting = withoutHash(path)
    return all.filter((other) => other === lasting).length > 1 ? path : lasting
  }
}

function withoutHash(path: string): string {
  const { start, end } = hashPositionOf(path) ?? { start: 0, end: 0 }
  return path.slice(0, start) + path.slice(end)
}

/**
 * The URLs that stand for a file in the output's scripts. A plain name may be that of somebody else's file
 * (`/uploads/7/main.wasm`, `https://cdn.example/main.wasm`): it counts if all scripts call the file by the same URL, and by
 * nothing else, and a bundler knows that one of them refers to the file.
 */
function urlsOf(fileName: string, scripts: ScannedScript[]): string[] {
  const naming = scripts.filter(({ namings }) => namings.has(fileName))
  const names = new Set(naming.flatMap(({ namings }) => [...namings.get(fileName)!]))
  const isKnown = naming.some(({ file }) => file.refersTo?.includes(fileName))
  if (!carriesHash(fileName) && (names.size > 1 || !isKnown)) return []
  const urls = [...names].flatMap((name) => absoluteUrl(name)?.replace(/[?#].*$/s, '') ?? [])
  return [...new Set(urls)]
}

function carriesHash(fileName: string): boolean {
  return hashPositionOf(fileName) !== undefined
}

/**
 * Writes the places of a script's files for its stub: the type `Places` there says what each part is.
 *
 * @param name What stands for `fetch` in the script.
 * @param paths The paths in the output with which the script's own URL may end.
 */
export function placesText(
  script: ScannedScript,
  files: HashedFile[],
  { isOfExtension, isOnly, publicUrl, urls }: OutputPlaces,
  name: string,
  paths: readonly string[],
): string {
  const own = ownUrl(script, name, paths[0]!, { isImported: paths.length > 1, isOfExtension })
  const names = files.map(({ fileName }) => fileName)
  const anchors = paths.filter((path) => path !== '').map((path) => `[${own},${scriptText(path)}]`)
  if (publicUrl !== undefined) anchors.push(`[${scriptText(publicUrl)},""]`)
  // A server may send the page for other folders, too: there `main.wasm` must not be taken for `folder/main.wasm`.
  if (paths.includes('') && names.every(isOnly)) anchors.push(`[${own},""]`)
  const named = names.flatMap((fileName) =>
    (urls.get(fileName) ?? [])
      .filter((url) => url !== `${publicUrl}${fileName}`)
      .map((url) => [url, fileName]),
  )
  return `[[${anchors.join()}],${scriptText(named)},${scriptText(names.filter(carriesHash))}]`
}
