import { createHash } from 'node:crypto'
import { stub, stubWithIntegrity, xhrStub } from '@wasm-cos/runtime/stub'
import type { ResolvedOptions } from '../options/resolve-options.ts'
import type { HashedFile } from '../output.ts'
import type { ScannedScript } from '../scan/scanned-script.ts'
import { xhrGlobals } from '../scan/stub-globals.ts'
import { keepOwnUrl, ownPaths } from './own-url.ts'
import { type OutputPlaces, placesText } from './places.ts'
import { hasCallsOnObject, hasValues, nameOfXhr } from './references.ts'
import { scriptText } from './script-text.ts'
import { objectStandIn, standIns } from './stand-ins.ts'
import { globalObjectFor, withGlobals } from './with-globals.ts'

/** What a script is given to answer for files. */
export interface StubDeclarations {
  /** The name of the function that gives the script its `fetch`. */
  name: string
  /** Function declarations. */
  functions: string
  /** Statements that have to run at the top level of the script. */
  statements: string
}

/** Every name that an instrumented script declares begins like this. */
const prefix = 'cosFetch_'

/**
 * Writes the declarations that make a script answer for files.
 *
 * @param places Where the files of the output are.
 */
export function declare(
  script: ScannedScript,
  files: HashedFile[],
  options: ResolvedOptions,
  places: OutputPlaces,
): StubDeclarations {
  const paths = ownPaths(script, places.importersOf(script))
  const bodyOf = (name: string, paths: string[]) =>
    functionBodyOf(name, files, options, placesText(script, files, places, name, paths), script.shadowed)
  // Classic scripts share one scope: the same name must stand for the same text. A content hash in the script's own path
  // is the bundler's to change.
  const identity = bodyOf('', paths.map(places.lastingPathOf))
  const name = prefix + createHash('sha256').update(identity).digest('hex').slice(0, 8)
  // The stub is for strict code, which a module is by itself.
  const strict = script.isModule && !script.isModuleByAwait ? '' : '"use strict";'
  let functions = `function ${name}(own){${strict}${bodyOf(name, paths)}}`
  if (hasValues(script)) {
    functions += standIns(name, script.shadowed)
  }
  if (hasCallsOnObject(script)) {
    functions += objectStandIn(name)
  }
  if (script.xhrReferences.length > 0) {
    const ofXhr = nameOfXhr(name)
    const create = withGlobals(
      `${xhrStub}(${name},${Number(options.integrity)})`,
      script.shadowed,
      xhrGlobals,
    )
    functions += `function ${ofXhr}(){${strict}return(${ofXhr}.cosXhr||(${ofXhr}.cosXhr=${create})).apply(this,arguments)}`
  }
  return { name, functions, statements: keepOwnUrl(script, name) }
}

function functionBodyOf(
  name: string,
  files: HashedFile[],
  { integrity, lookupTimeout, verify }: ResolvedOptions,
  places: string,
  shadowed: string[],
): string {
  const constants = files.map(
    ({ hash }, index) =>
      `const ${constantName(index)}={algorithm:${JSON.stringify(hash.algorithm)},value:"${hash.value}"};`,
  )
  const table = files.map(({ fileName, size, origins }, index) => {
    const entry = [scriptText(fileName), size, constantName(index)]
    if (origins.length > 0) entry.push(scriptText(origins))
    return `[${entry.join()}]`
  })
  const args = [`[${table.join()}]`, places, trustOf(verify), lookupTimeout]
  const create = withGlobals(`${integrity ? stubWithIntegrity : stub}(${args.join()})`, shadowed)
  // The global `fetch` is the one of the call, also where the script has another thing of that name.
  const own = shadowed.includes('fetch') ? `own||${globalObjectFor(shadowed)}.fetch` : 'own'
  return `${constants.join('')}return(${name}.cosFetch||(${name}.cosFetch=${create}))(${own})`
}

/** The stub's third parameter: which hits need no check. */
function trustOf(verify: ResolvedOptions['verify']): 0 | 1 | 2 {
  if (verify === 'auto') return 1
  return verify ? 0 : 2
}

function constantName(index: number): string {
  return index === 0 ? 'wasmHash' : `wasmHash${index + 1}`
}
