import { createHash } from 'node:crypto'
import { stub, stubWithIntegrity } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/options.ts'
import type { Change, HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scan.ts'
import { withGlobals } from './stub-globals.ts'

/** Every name that an instrumented script declares begins like this. */
const prefix = 'cosFetch_'

/**
 * Makes a script answer for files: its references of the global `fetch` become references of a function that stands
 * at its end. A function declaration is there before the first line runs, also in a cycle of modules, and leaves
 * directives, hashbangs and banners where they are.
 *
 * @param publicUrl Where the build says its output is served from, if that is an absolute URL.
 */
export function inject(
  script: ScannedScript,
  files: HashedFile[],
  options: ResolvedOptions,
  publicUrl?: string,
): Change[] {
  const { file, fetchReferences } = script
  const bodyUnder = (name: string) =>
    functionBodyOf(name, files, options, sourcesOf(name, script, publicUrl), script.shadowed)
  // Classic scripts share one scope: the same name must stand for the same text.
  const name = prefix + createHash('sha256').update(bodyUnder('')).digest('hex').slice(0, 8)
  const ofValue = `${name}_of`
  const changes = fetchReferences.map(({ start, end, kind }): Change => {
    const reference = file.code.slice(start, end)
    if (kind === 'call') return { start, end, text: name + reference.replace(/[^\n]/g, '') }
    return { start, end, text: `${kind === 'shorthand' ? 'fetch:' : ''}${ofValue}(${reference})` }
  })
  // The stub is for strict code, which a module is by itself.
  const declarations = [`function ${name}(){${script.isModule ? '' : '"use strict";'}${bodyUnder(name)}}`]
  if (fetchReferences.some(({ kind }) => kind !== 'call')) {
    // The same function for the same `fetch`: code may compare it, or remember things by it.
    declarations.push(
      `function ${ofValue}(fetch){return fetch&&(${ofValue}.f===fetch?${ofValue}.b:(${ofValue}.f=fetch,${ofValue}.b=${name}.bind(fetch)))}`,
    )
  }
  changes.push(insertionOf(script, declarations.join('')))
  if (needsOwnUrl(script, publicUrl)) {
    changes.push(insertionAtEnd(script, `var ${name}_script=${currentScript};`))
  }
  return changes
}

function functionBodyOf(
  name: string,
  files: HashedFile[],
  { integrity, lookupTimeout, verify }: ResolvedOptions,
  sources: string,
  shadowed: string[],
): string {
  // The stub takes the first whose name a path ends with: v2/a.wasm goes before a.wasm.
  const rows = files.toSorted((one, other) => other.fileName.length - one.fileName.length)
  const constants = rows.map(
    ({ hash }, index) =>
      `const ${constantName(index)}={algorithm:${JSON.stringify(hash.algorithm)},value:"${hash.value}"};`,
  )
  const table = rows.map(({ fileName, size, origins }, index) => {
    const entry = [scriptString(fileName), size, constantName(index)]
    if (origins.length > 0) entry.push(scriptString(origins))
    return `[${entry.join()}]`
  })
  const args = [`[${table.join()}]`, sources, trustOf(verify), lookupTimeout]
  const create = withGlobals(`${integrity ? stubWithIntegrity : stub}(${args.join()})`, shadowed)
  return `${constants.join('')}return(${name}.f||(${name}.f=${create})).apply(this,arguments)`
}

/** The stub's third parameter: which hits need no check. */
function trustOf(verify: ResolvedOptions['verify']): 0 | 1 | 2 {
  if (verify === 'auto') return 1
  return verify ? 0 : 2
}

function constantName(index: number): string {
  return index === 0 ? 'wasmHash' : `wasmHash${index + 1}`
}

/** A value as JavaScript that may also stand in an inline script. */
function scriptString(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\x3C')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}

function sourcesOf(name: string, script: ScannedScript, publicUrl: string | undefined): string {
  const sources = publicUrl === undefined ? [] : [scriptString(publicUrl)]
  if (script.isModule) sources.push('import.meta.url')
  if (needsOwnUrl(script, publicUrl)) sources.push(`(${name}_script||${currentScript}||0).src||""`)
  return `[${sources.join()}]`
}

/**
 * The element of a classic script, while the script runs: a page may have it from another origin, which only the
 * page knows. It is read when the script asks for wasm right away, and kept at its end for later.
 */
const currentScript = 'typeof document<"u"&&document.currentScript'

function needsOwnUrl({ isModule }: ScannedScript, publicUrl: string | undefined): boolean {
  return !isModule && publicUrl === undefined
}

/**
 * Puts declarations at the end of a module; in a classic script at the end of the function that all references are
 * in, if there is one. Comments for tools (`//# sourceMappingURL`) stay last, and no line moves that has a mapping.
 */
function insertionOf(script: ScannedScript, declarations: string): Change {
  const { isModule, fetchReferences } = script
  const bodies = new Set(fetchReferences.map(({ functionBody }) => functionBody))
  const [body] = bodies
  if (!isModule && bodies.size === 1 && body !== undefined) {
    return { start: body.end - 1, end: body.end - 1, text: `;${declarations}` }
  }
  return insertionAtEnd(script, declarations)
}

function insertionAtEnd({ file: { code }, endOfStatements }: ScannedScript, text: string): Change {
  let end = code.length
  for (const comment of commentsBehind(code, endOfStatements).toReversed()) {
    if (!/^\/[/*][#@]/.test(comment.text) || code.slice(comment.end, end).trim() !== '') break
    end = comment.start
  }
  return { start: end, end, text: `\n${text}\n` }
}

/** The comments behind the last statement of a script: nothing else but white space is there. */
function commentsBehind(code: string, position: number): { text: string; start: number; end: number }[] {
  const comments = code.slice(position).matchAll(/\s*(\/\/.*|\/\*[^]*?\*\/)/gy)
  return Array.from(comments, ({ 0: match, 1: text = '', index }) => {
    const end = position + index + match.length
    return { text, start: end - text.length, end }
  })
}
