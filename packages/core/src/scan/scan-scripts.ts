import { hasString } from '../memory/has-string.ts'
import type { CandidateFile, ImportMap, ScriptFile, Warning } from '../output.ts'
import type { Parser } from '../syntax/parser.ts'
import { FileNames, inQuotes } from './named-files.ts'
import { findImportedUrls } from './imported-urls.ts'
import { scanOnce } from './known-scans.ts'
import { scriptsBetween } from './scripts-between.ts'
import { hasMessagesOfWasm } from './mentions.ts'
import { isWorthScanning } from './scan.ts'
import { downloads, type ScannedScript } from './scanned-script.ts'

/**
 * Scans the scripts that may matter. Scripts without a word about wasm are read in five cases: one script names a file
 * that it cannot fetch, so that another script has to; one script may fetch what a worker asks it for, and another one starts
 * the worker; one script replaces `fetch` for others; a script may be handed the URL of a file through them; or they import such a URL.
 *
 * @returns The scripts, and a warning for each that has a word about wasm and is no JavaScript, which is left alone.
 */
export function scanScripts(
  scripts: ScriptFile[],
  files: CandidateFile[],
  parser: Parser,
  importMaps: ImportMap[] = [],
): { scripts: ScannedScript[]; warnings: Warning[] } {
  const names = new FileNames(
    [...files, ...scripts].map(({ fileName }) => fileName),
    importMaps,
  )
  const warnings: Warning[] = []
  const words = importMaps.flatMap(({ imports }) => wordsForWasm(imports))
  const namesByMap = ({ code }: ScriptFile): boolean => words.some((word) => hasString(code, word))
  const isSaid = new Set(scripts.filter((script) => isWorthScanning(script) || namesByMap(script)))
  const scanAll = (some: ScriptFile[]): ScannedScript[] =>
    some.flatMap((script) => {
      try {
        return [scanOnce(script, names, parser)]
      } catch (error) {
        const warning = notParsed(script, error)
        if (isSaid.has(script)) warnings.push(warning)
        return []
      }
    })

  const worth = new Set(scripts.filter((script) => isSaid.has(script) || hasMessagesOfWasm(script.code)))
  const scanned = scanAll([...worth])
  const wasmNames = new Set(files.map(({ fileName }) => fileName))
  const rest = scripts.filter((script) => !worth.has(script))
  const sure = scanned.filter((script) => downloads(script) && script.mentions.webAssembly)
  const importedUrls = findImportedUrls(sure, scripts, names)
  const mayMatter =
    scanned.some((script) => script.replacesFetch || mayBeAsked(script)) || leavesFiles(scanned, wasmNames)
      ? rest
      : [
          ...new Set([
            ...scriptsBetween(scanned, rest, names, wasmNames),
            ...rest.filter((script) => importedUrls.has(script) && hasString(script.code, 'fetch')),
          ]),
        ]
  const order = new Map(scripts.map((script, index) => [script, index]))
  const all = [...scanned, ...scanAll(mayMatter)]
    .map((script) => {
      const urls = importedUrls.get(script.file)
      return urls === undefined ? script : { ...script, importedUrls: urls }
    })
    .toSorted((one, other) => order.get(one.file)! - order.get(other.file)!)
  return { scripts: all, warnings }
}

/** The words that an import map has for wasm files, as scripts write them. */
function wordsForWasm(imports: ImportMap['imports']): string[] {
  return [...imports].flatMap(([word, url]) => (/\.wasm(?:[?#]|$)/.test(url) ? inQuotes(word) : []))
}

/** Whether a script names a wasm file without being sure to load it. */
function leavesFiles(scripts: ScannedScript[], wasmNames: Set<string>): boolean {
  return scripts.some(
    ({ refersTo, fetchReferences, mentions }) =>
      (fetchReferences.length === 0 || !mentions.webAssembly) &&
      [...refersTo].some((name) => wasmNames.has(name)),
  )
}

/** Whether a script can fetch what a worker asks it for. */
export function mayBeAsked(script: ScannedScript): boolean {
  return script.mentions.messagesOfWasm && downloads(script)
}

/** Code may be no JavaScript, or nested too deeply for the stack. */
function notParsed({ fileName }: ScriptFile, error: unknown): Warning {
  if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
  const { message } = error
  const what = error instanceof RangeError ? `${fileName}: nested too deeply (${message})` : message
  return { code: 'not-parsed', message: `${what}. It was left as it is; exclude its wasm or mend it.` }
}
