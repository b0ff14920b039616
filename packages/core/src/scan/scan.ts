import type { Program } from '@oxc-project/types'
import { findEmbeddedHashes, mayEmbedHashes } from '../embedded/embedded-hashes.ts'
import { adaptStorageMethods, mayAskStorage } from '../modernise/adapt-calls.ts'
import type { ScriptFile } from '../output.ts'
import { Declarations } from '../syntax/declarations.ts'
import { outlineOf } from '../syntax/outline.ts'
import { type Node, parse } from '../syntax/parse.ts'
import type { Parser } from '../syntax/parser.ts'
import { WordPositions } from '../syntax/word-positions.ts'
import { FetchReferences } from './fetch-references.ts'
import { GlobalAliases } from './global-aliases.ts'
import { referencesOf } from './global-references.ts'
import { inlinedSizeOf } from './inlined-wasm.ts'
import { loaderIn } from './loader-text.ts'
import { Mentions } from './mentions.ts'
import { NamedByScript } from './named-by-script.ts'
import type { Names } from './named-files.ts'
import { isOfConstants } from './of-constants.ts'
import { positionsToKeep, wordsOfInterest } from './positions-to-keep.ts'
import { isOfEarlierStub, isOfEarlierXhrStub, isOfPreload } from './references-left-alone.ts'
import { isReplaced, mayReplaceFetch } from './replaced-fetch.ts'
import type { LoaderAsText, ScannedScript } from './scanned-script.ts'
import { shadowedGlobals, xhrGlobals } from './stub-globals.ts'
import { bindsBeyondScopes } from './sloppy-bindings.ts'
import { isFunction } from './variables.ts'
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
  const { program, isModule } = parse({ ...file, code: text }, parser)
  const named = new NamedByScript(file, names)
  const mentions = new Mentions(code)
  let inlinedWasm = 0
  const loadersAsText: LoaderAsText[] = []
  let areScopesClear = true
  const bodies = new Set<Node>()

  const readString = (text: string, node: Node): void => {
    named.readString(text, node)
    inlinedWasm = Math.max(inlinedWasm, inlinedSizeOf(text))
    const loader = loaderIn(text)
    if (loader !== undefined) loadersAsText.push({ text: loader, start: node.start, end: node.end })
  }

  const sought = [
    ...wordsOfInterest,
    ...(code.includes('XMLHttpRequest') ? xhrGlobals : []),
    ...names.endings,
    ...(/\beval\b/.test(code) ? ['eval'] : []),
  ]
  const words = new WordPositions(code, sought)
  const freeReferences = new FetchReferences(isModule, () => false)
  const declarations = new Declarations()
  const aliases = new GlobalAliases()
  declarations.walk(program, words, {
    enter(node, parent) {
      aliases.enter(node)
      if (node.type === 'Literal' && typeof node.value === 'string') readString(node.value, node)
      else if (node.type === 'TemplateElement') readString(node.value.cooked ?? '', parent!)
      mentions.enter(node)
      named.enter(node)
      if (isFunction(node) && node.body !== null) bodies.add(node.body)
      if (!isModule && bindsBeyondScopes(node, parent, bodies)) areScopesClear = false
      freeReferences.enter(node, parent)
    },
    leave: () => freeReferences.leave(),
  })
  declarations.freeze()

  // Where scopes are not what they look like, loading plainly is better than rewriting wrongly.
  const shadowed = shadowedGlobals(declarations)
  const usedAliases = aliases.usedIn(code)
  const references = referencesOf(code, program, sought, {
    words,
    declarations,
    freeReferences,
    aliases: usedAliases,
    hasRuntime: aliases.hasRuntime,
  })
  const embeddedHashes = mayEmbedHashes(code) ? findEmbeddedHashes(program, code) : []
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
    mentions,
    isOfConstants: isOfConstants(program),
    inlinedWasm,
    loadersAsText,
    storageChanges: mayAskStorage(code) ? adaptStorageMethods(program, code) : [],
    embeddedHashes,
    startOfStatements: program.body.find((statement) => !isDirective(statement))?.start ?? 0,
    endOfStatements: program.body.at(-1)?.end ?? 0,
  }
  // Three things may stand anywhere, also where an outline is blank: other uses of an alias's name, what a function does
  // that replaces `fetch`, and the cases of a `switch`.
  const isSure = usedAliases.length === 0 && !references.setsFetch && !references.isInSwitch
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
