import type { Program } from '@oxc-project/types'
import { findEmbeddedHashes, mayEmbedHashes } from '../embedded/embedded-hashes.ts'
import { adaptStorageMethods, mayAskStorage } from '../modernise/adapt-calls.ts'
import type { ScriptFile } from '../output.ts'
import { outlineOf } from '../syntax/outline.ts'
import { type Node, parse } from '../syntax/parse.ts'
import type { Parser } from '../syntax/parser.ts'
import { walkFirst } from './first-walk.ts'
import { referencesOf } from './global-references.ts'
import type { Names } from './named-files.ts'
import { isOfConstants } from './of-constants.ts'
import { positionsToKeep } from './positions-to-keep.ts'
import { isOfEarlierStub, isOfEarlierXhrStub, isOfPreload } from './references-left-alone.ts'
import { isReplaced, mayReplaceFetch } from './replaced-fetch.ts'
import type { ScannedScript } from './scanned-script.ts'
import { shadowedGlobals, xhrGlobals } from './stub-globals.ts'
import { findUrlConstants } from './url-constants.ts'
import { findByteRequests } from './xhr-references.ts'

/** Whether a script can matter at all; the others are not even parsed. */
export function isWorthScanning(file: ScriptFile): boolean {
  return (
    file.refersTo !== undefined ||
    file.code.includes('WebAssembly') ||
    file.code.includes('.wasm') ||
    file.code.includes('AGFzb') ||
    file.code.includes('data:application/wasm,') ||
    mayEmbedHashes(file.code) ||
    mayAskStorage(file.code) ||
    mayReplaceFetch(file.code)
  )
}

/**
 * Scans a script by the tree of all its code.
 *
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function scanWhole(file: ScriptFile, names: Names, parser: Parser): ScannedScript {
  return scanText(file, file.code, names, parser).script
}

/** Scans a script by its outline; `undefined` if what is blanked there may matter. */
export function scanOutline(file: ScriptFile, names: Names, parser: Parser): ScannedScript | undefined {
  if (mayEmbedHashes(file.code) || mayAskStorage(file.code) || mayReplaceFetch(file.code)) return undefined
  const outline = outlineOf(file.code, positionsToKeep(file, names))
  if (outline === file.code) return undefined
  try {
    const { script, isSure } = scanText(file, outline, names, parser)
    return isSure ? script : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Scans a script by a text of it.
 *
 * @param text The script's code, or its outline.
 * @returns What it has found, and whether it would have found the same in the code.
 */
function scanText(
  file: ScriptFile,
  text: string,
  names: Names,
  parser: Parser,
): { script: ScannedScript; isSure: boolean } {
  const { code } = file
  const syntax = parse({ ...file, code: text }, parser)
  const { program, isModule } = syntax
  const walk = walkFirst(file, syntax, names)
  const { named, declarations, areScopesClear } = walk
  const references = referencesOf(code, program, walk)
  const embeddedHashes = mayEmbedHashes(code) ? findEmbeddedHashes(program, code) : []
  const shadowed = shadowedGlobals(declarations)
  // Where scopes are not what they look like, loading plainly is better than rewriting wrongly.
  const mayFetch = areScopesClear && shadowed !== undefined
  const isRequestTheirs = !mayFetch || declarations.declares('XMLHttpRequest')
  const constructions = references.constructions.filter((one) => !isOfEarlierXhrStub(one))
  const xhrReferences = isRequestTheirs ? [] : findByteRequests(code, constructions, references.found)
  const shadowedOfXhr =
    xhrReferences.length > 0 ? xhrGlobals.filter((name) => declarations.declares(name)) : []
  const isInDoubt = references.areInDoubt || (!areScopesClear && references.found.length > 0)
  const script: ScannedScript = {
    file,
    isModule,
    isModuleByAwait: isModule && file.format === undefined && !hasModuleSyntax(program, code),
    refersTo: named.refersTo,
    namings: named.namings,
    imports: named.imports,
    nativeImports: named.nativeImports,
    fetchReferences: mayFetch
      ? references.found.filter(
          (reference) => !isOfEarlierStub(reference, embeddedHashes, code) && !isOfPreload(reference, code),
        )
      : [],
    comparands: mayFetch ? references.comparands : [],
    xhrReferences,
    ...(isInDoubt && { doubt: areScopesClear ? ('eval' as const) : ('with' as const) }),
    replacesFetch: isReplaced(references.assignments, program),
    shadowed: [...new Set([...(shadowed ?? []), ...shadowedOfXhr])],
    mentions: walk.mentions,
    urlConstants: findUrlConstants(program, names),
    importedUrls: new Set(),
    isOfConstants: isOfConstants(program),
    inlinedWasm: walk.inlinedWasm,
    loadersAsText: walk.loadersAsText,
    storageChanges: mayAskStorage(code) ? adaptStorageMethods(program, code) : [],
    embeddedHashes,
    startOfStatements: program.body.find((statement) => !isDirective(statement))?.start ?? 0,
    endOfStatements: program.body.at(-1)?.end ?? 0,
  }
  // Three things may stand anywhere, also where an outline is blank: other uses of an alias's name, what a function does
  // that replaces `fetch`, and the cases of a `switch`.
  const isSure = walk.aliases.length === 0 && !references.setsFetch && !references.isInSwitch
  return { script, isSure }
}

function isDirective(statement: Node): boolean {
  return statement.type === 'ExpressionStatement' && 'directive' in statement && statement.directive != null
}

/** Whether a program is a module to everyone: in a function, its imports and exports would be syntax errors. */
function hasModuleSyntax({ body }: Program, code: string): boolean {
  return (
    /\bimport\s*\.\s*meta\b/.test(code) ||
    body.some(({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'))
  )
}
