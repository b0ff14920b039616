import { createHash } from 'node:crypto'
import { stub, stubWithIntegrity } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/options.ts'
import type { HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scan.ts'
import { hasValues, nameOfValues } from './references.ts'
import { withGlobals } from './stub-globals.ts'

/** What a script is given to answer for files. */
export interface StubDeclarations {
  /** The name of the function that stands for `fetch`. */
  name: string
  /** Function declarations. */
  functions: string
  /** Statements that have to run at the end of the script. */
  statements: string
}

/** Every name that an instrumented script declares begins like this. */
const prefix = 'cosFetch_'

/**
 * Writes the declarations that make a script answer for files.
 *
 * @param publicUrl Where the build says its output is served from, if that is an absolute URL.
 */
export function declare(
  script: ScannedScript,
  files: HashedFile[],
  options: ResolvedOptions,
  publicUrl?: string,
): StubDeclarations {
  const bodyUnder = (name: string) =>
    functionBodyOf(name, files, options, sourcesOf(name, script, publicUrl), script.shadowed)
  // Classic scripts share one scope: the same name must stand for the same text.
  const name = prefix + createHash('sha256').update(bodyUnder('')).digest('hex').slice(0, 8)
  // The stub is for strict code, which a module is by itself.
  let functions = `function ${name}(){${script.isModule ? '' : '"use strict";'}${bodyUnder(name)}}`
  if (hasValues(script)) {
    const ofValue = nameOfValues(name)
    // The same function for the same `fetch`: code may compare it, or remember things by it.
    functions += `function ${ofValue}(fetch){return fetch&&(${ofValue}.f===fetch?${ofValue}.b:(${ofValue}.f=fetch,${ofValue}.b=${name}.bind(fetch)))}`
  }
  const statements = needsOwnUrl(script, publicUrl) ? `var ${name}_script=${currentScript};` : ''
  return { name, functions, statements }
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
