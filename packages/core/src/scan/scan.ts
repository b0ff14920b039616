import { posix } from 'node:path'
import { Declarations } from '../syntax/declarations.ts'
import type { EmbeddedHash } from '../embedded/embedded-hash.ts'
import { findEmbeddedHashes, mayEmbedHashes } from '../embedded/embedded-hashes.ts'
import {
  bindsBeyondScopes,
  type Comparand,
  type FetchReference,
  FetchReferences,
  findFetchReferences,
  type GlobalReference,
  namesOfFetch,
} from './fetch-references.ts'
import { adaptStorageMethods, mayAskStorage } from '../modernise/adapt-calls.ts'
import type { Program } from '@oxc-project/types'
import { GlobalAliases } from './global-object.ts'
import { loaderIn } from './loader-text.ts'
import type { Names } from './named-files.ts'
import type { Change, ScriptFile } from '../output.ts'
import type { Parser } from '../syntax/parser.ts'
import { numberOf, stringOf } from '../syntax/literals.ts'
import { outlineOf } from '../syntax/outline.ts'
import { positionsToKeep, wordsOfInterest } from './positions-to-keep.ts'
import { shadowedGlobals, xhrGlobals } from './stub-globals.ts'
import { findByteRequests } from './xhr-references.ts'
import { isReplaced, mayReplaceFetch } from './replaced-fetch.ts'
import { isFunction, namesIn } from './variables.ts'
import { type Node, parse } from '../syntax/parse.ts'
import { WordPositions } from '../syntax/word-positions.ts'

/** A script, and what it has to do with wasm. */
export interface ScannedScript {
  file: ScriptFile
  isModule: boolean
  /**
   * Whether nothing but `await` says so. Such a text may also run as a function: playgrounds and snippets wrap what they load.
   */
  isModuleByAwait: boolean
  /** Emitted files, wasm and scripts, that it refers to. */
  refersTo: Set<string>
  /** The strings by which it names each of them. */
  namings: Map<string, Set<string>>
  /**
   * Those of them that it runs by `import` or `importScripts`, or by the bundler's records: scripts of the same realm.
   */
  imports: Set<string>
  /** Wasm files that it names only as modules to import: the browser loads them by itself. */
  nativeImports: Set<string>
  fetchReferences: FetchReference[]
  /** What it compares with the global `fetch`, and where it names that to do so. */
  comparands: Comparand[]
  /** Where it constructs an asynchronous `XMLHttpRequest` that may ask for bytes: the name of the global. */
  xhrReferences: GlobalReference[]
  /** What leaves references of `fetch` alone, though they may be the global's, because nobody can know before it runs. */
  doubt?: 'with' | 'eval'
  /** Whether it replaces the global `fetch` by a function that answers in its own way. */
  replacesFetch: boolean
  /** The stub's globals that it declares itself. */
  shadowed: string[]
  /**
   * Whether it mentions `WebAssembly` and `XMLHttpRequest`, opens a request that is not asynchronous, compiles with
   * `new WebAssembly.Module`, and has both messages and a word about wasm.
   */
  mentions: {
    webAssembly: boolean
    xmlHttpRequest: boolean
    syncRequest: boolean
    syncCompile: boolean
    messagesOfWasm: boolean
  }
  /** Whether it does nothing but to declare constants, as a chunk of URLs that others share. */
  isOfConstants: boolean
  /** Those of its strings that are scripts which fetch wasm: workers that start from text. */
  loadersAsText: LoaderAsText[]
  /** Bytes of the largest wasm module that it carries as base64 or in a data URL; 0 without. */
  inlinedWasm: number
  /** Hashes of wasm files that an earlier tool, or an earlier run of this one, put into it. */
  embeddedHashes: EmbeddedHash[]
  /** What lets it ask Cross-Origin Storage itself where the API has another name than the one it knows. */
  storageChanges: Change[]
  /** Where only comments follow. */
  endOfStatements: number
}

/** A loader that a script carries as text. */
export interface LoaderAsText {
  /** The text, without escapes, and out of base64. */
  text: string
  /** Where the literal stands in the script, as `String.prototype.slice` counts. */
  start: number
  end: number
}

/** Base64 of a wasm module's first four bytes, `\0asm`, in a data URL or bare; esbuild writes short ones without. */
const inlinedModule = /^(data:application\/wasm,|(data:application\/(wasm|octet-stream);base64,)?AGFzb)/

/** About how many bytes a wasm module has that a string is; 0 if it is none. */
function inlinedSizeOf(text: string): number {
  const match = inlinedModule.exec(text)
  if (match === null) return 0
  const [head] = match
  if (!head.endsWith('AGFzb')) return text.length - head.length
  return Math.floor(((text.length - head.length + 'AGFzb'.length) * 3) / 4)
}

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

/** Whether a script downloads: by `fetch`, or bytes by `XMLHttpRequest`. */
export function downloads({ fetchReferences, xhrReferences }: ScannedScript): boolean {
  return fetchReferences.length + xhrReferences.length > 0
}

/** Whether a script sends messages, and has a word about wasm: `wasmUrl`, for instance. */
export function hasMessagesOfWasm(code: string): boolean {
  return code.includes('postMessage') && /[wW]asm/.test(code)
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
  const { program, isModule } = parse({ ...file, code: text }, parser)
  const refersTo = new Set(file.refersTo)
  const namings = new Map<string, Set<string>>()
  const imports = new Set(file.refersTo?.filter((name) => !name.endsWith('.wasm')))
  /** The specifiers of imports, and the files that other strings name. */
  const specifiers = new Set<Node>()
  /** What `import.meta.resolve` is called with. */
  const resolved = new Set<Node>()
  const namedOtherwise = new Set<string>()
  const mentions = {
    webAssembly: false,
    xmlHttpRequest: false,
    syncRequest: false,
    syncCompile: false,
    messagesOfWasm: hasMessagesOfWasm(file.code),
  }
  let inlinedWasm = 0
  const loadersAsText: LoaderAsText[] = []
  let areScopesClear = true
  const bodies = new Set<Node>()

  /** The files that a specifier stands for, and the URL of it; of several, the one that is where it leads to from this script. */
  const resolve = (specifier: string): { url: string; files: string[] } => {
    const url = names.meantBy(specifier)
    const named = names.namedBy(url)
    if (named.length < 2 || url !== specifier || !/^\.\.?\//.test(url)) return { url, files: named }
    const exact = posix.join(posix.dirname(file.fileName), url.replace(/[?#].*$/s, ''))
    return { url, files: named.includes(exact) ? [exact] : named }
  }

  const readString = (text: string, node: Node): void => {
    const isResolved = specifiers.has(node) || resolved.has(node)
    const { url, files } = isResolved ? resolve(text) : { url: text, files: names.namedBy(text) }
    for (const fileName of files) {
      if (!specifiers.has(node)) namedOtherwise.add(fileName)
      refersTo.add(fileName)
      namings.set(fileName, (namings.get(fileName) ?? new Set()).add(url))
    }
    inlinedWasm = Math.max(inlinedWasm, inlinedSizeOf(text))
    const loader = loaderIn(text)
    if (loader !== undefined) loadersAsText.push({ text: loader, start: node.start, end: node.end })
  }

  const { code } = file
  const sought = [
    ...wordsOfInterest,
    ...(code.includes('XMLHttpRequest') ? xhrGlobals : []),
    ...names.endings,
    ...(/\beval\b/.test(code) ? ['eval'] : []),
  ]
  const words = new WordPositions(file.code, sought)
  const freeReferences = new FetchReferences(isModule, () => false)
  const declarations = new Declarations()
  const aliases = new GlobalAliases()
  declarations.walk(program, words, {
    enter(node, parent) {
      aliases.enter(node)
      if (node.type === 'Literal' && typeof node.value === 'string') readString(node.value, node)
      else if (node.type === 'TemplateElement') readString(node.value.cooked ?? '', parent!)
      else if (node.type === 'Identifier' && node.name === 'WebAssembly') mentions.webAssembly = true
      else if (node.type === 'Identifier' && node.name === 'XMLHttpRequest') mentions.xmlHttpRequest = true
      else if (node.type === 'NewExpression') mentions.syncCompile ||= isModuleOfWebAssembly(node.callee)
      else if (node.type === 'CallExpression') mentions.syncRequest ||= opensSyncRequest(node)
      const specifier = importedBy(node)
      if (specifier) {
        specifiers.add(specifier)
        for (const fileName of resolve(stringOf(specifier) ?? '').files) imports.add(fileName)
      }
      if (isResolve(node)) for (const argument of node.arguments) resolved.add(argument)
      if (isFunction(node) && node.body !== null) bodies.add(node.body)
      if (!isModule && bindsBeyondScopes(node, parent, bodies)) areScopesClear = false
      freeReferences.enter(node, parent)
    },
    leave: () => freeReferences.leave(),
  })
  declarations.freeze()

  // Where scopes are not what they look like, loading plainly is better than rewriting wrongly.
  const shadowed = shadowedGlobals(declarations)
  const usedAliases = aliases.usedIn(file.code)
  const references = referencesOf(file.code, program, sought, {
    words,
    declarations,
    freeReferences,
    aliases: usedAliases,
    hasRuntime: aliases.hasRuntime,
  })
  const embeddedHashes = mayEmbedHashes(file.code) ? findEmbeddedHashes(program, file.code) : []
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
    isModuleByAwait: isModule && file.format === undefined && !hasModuleSyntax(program, file.code),
    refersTo,
    namings,
    imports,
    nativeImports: new Set(
      [...imports].filter((name) => name.endsWith('.wasm') && !namedOtherwise.has(name)),
    ),
    fetchReferences: mayFetch
      ? references.found.filter(
          (reference) => !isOfEarlierStub(reference, embeddedHashes) && !isOfPreload(reference, file.code),
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
    storageChanges: mayAskStorage(file.code) ? adaptStorageMethods(program, file.code) : [],
    embeddedHashes,
    endOfStatements: program.body.at(-1)?.end ?? 0,
  }
  // Three things may stand anywhere, also where an outline is blank: other uses of an alias's name, what a function does
  // that replaces `fetch`, and the cases of a `switch`.
  const isSure = usedAliases.length === 0 && !references.setsFetch && !references.isInSwitch
  return { script, isSure }
}

/** What a first walk over a script has found. */
interface FirstWalk {
  words: WordPositions
  declarations: Declarations
  /** The references as they are if the script declares none of the names. */
  freeReferences: FetchReferences
  /** Names that may be the script's own for the global object. */
  aliases: string[]
  /** Whether a bundler's runtime stands in the script. */
  hasRuntime: boolean
}

/**
 * Finds the references of the global `fetch` and `XMLHttpRequest` in a script. JavaScript hoists declarations: a name that
 * is declared at the end of a scope is the scope's own from its beginning. So the references that the first walk has found are
 * right only if the script declares none of the names; otherwise a second walk, which knows all declarations, finds them.
 *
 * A script's own names for the global object (`var root = globalThis`) take a second walk too. Minifiers use such a name for
 * something else in other scopes, where the first walk did not go.
 */
function referencesOf(
  code: string,
  program: Program,
  sought: string[],
  { words, declarations, freeReferences, aliases, hasRuntime }: FirstWalk,
): FetchReferences {
  if (!/fetch|XMLHttpRequest/.test(code)) return freeReferences
  if (aliases.length > 0) {
    const all = new WordPositions(code, [...sought, ...aliases])
    const known = new Declarations()
    const assigned = new Set<string>()
    known.walk(program, all, {
      enter(node) {
        for (const name of assignedBy(node)) assigned.add(name)
      },
    })
    known.freeze()
    const inDoubt = aliases.filter((name) => assigned.has(name))
    const replaced = inDoubt.length > 0 ? assignedVariables(program, all, known, inDoubt) : new Set()
    return findFetchReferences(program, all, known, aliases, { hasRuntime, replaced })
  }
  return namesOfFetch.some((name) => declarations.declares(name))
    ? findFetchReferences(program, words, declarations)
    : freeReferences
}

/** The variables of some names to which a script assigns. Minifiers have these names for others, too. */
function assignedVariables(
  program: Program,
  words: WordPositions,
  declarations: Declarations,
  names: string[],
): Set<unknown> {
  const assigned = new Set<unknown>()
  declarations.walk(program, words, {
    enter(node) {
      for (const name of assignedBy(node))
        if (names.includes(name)) assigned.add(declarations.getDeclaration(name))
    },
  })
  return assigned
}

/** The names of the variables to which a node assigns something. */
function assignedBy(node: Node): string[] {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForOfStatement':
    case 'ForInStatement':
      return namesIn(node.left)
    default:
      return []
  }
}

/**
 * Whether a reference stands in a stub that was there before: of an earlier run, or of a dependency published with one.
 */
function isOfEarlierStub({ start }: FetchReference, embeddedHashes: EmbeddedHash[]): boolean {
  return embeddedHashes.some(
    ({ row }) => row !== undefined && row.stub.start <= start && start < row.stub.end,
  )
}

/** Whether a construction stands in the function that an earlier run wrote for it. */
function isOfEarlierXhrStub({ functions }: GlobalReference): boolean {
  return functions.some(
    (one) => one.type === 'FunctionDeclaration' && /^cosFetch_[0-9a-f]{8}_xhr$/.test(one.id?.name ?? ''),
  )
}

/**
 * Whether a reference stands in what Vite puts into entries for browsers without `modulepreload`: it fetches what elements
 * link to. A whole small bundle may be one function that has that in it.
 */
function isOfPreload({ end, functions }: FetchReference, code: string): boolean {
  return (
    /^\([\w$]+\.href,/.test(code.slice(end, end + 50)) &&
    functions.some(
      ({ start, end }) =>
        end - start < 2000 && /modulepreload[^]*MutationObserver/.test(code.slice(start, end)),
    )
  )
}

/** Whether a call is `request.open(method, url, false)`. */
function opensSyncRequest({ callee, arguments: args }: Extract<Node, { type: 'CallExpression' }>): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'open' &&
    args[2] !== undefined &&
    ((args[2].type === 'Literal' && args[2].value === false) ||
      (args[2].type === 'UnaryExpression' && args[2].operator === '!' && numberOf(args[2].argument) === 1))
  )
}

/** Whether a program is a module to everyone: in a function, its imports and exports would be syntax errors. */
function hasModuleSyntax({ body }: Program, code: string): boolean {
  return (
    /\bimport\s*\.\s*meta\b/.test(code) ||
    body.some(({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'))
  )
}

/** Whether a program declares values and exports them, and has neither calls nor functions; `new URL()` is a value. */
function isOfConstants({ body }: Program): boolean {
  return body.every(
    (statement) =>
      statement.type === 'ImportDeclaration' ||
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' &&
        (statement.declaration === null || declaresValues(statement.declaration))) ||
      declaresValues(statement),
  )
}

/** What the value of a constant may be written as. */
const values = new Set(
  'Literal TemplateLiteral BinaryExpression MemberExpression NewExpression Identifier'.split(' '),
)

function declaresValues(node: Node): boolean {
  return (
    node.type === 'VariableDeclaration' &&
    node.declarations.every(({ init }) => init === null || values.has(init.type))
  )
}

/** The specifier of an import, static or dynamic or by `importScripts`. */
function importedBy(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'importScripts'
        ? node.arguments[0]
        : undefined
    default:
      return undefined
  }
}

/** Whether a node is `import.meta.resolve(specifier)`. */
function isResolve(node: Node): node is Extract<Node, { type: 'CallExpression' }> {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'MetaProperty' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'resolve'
  )
}

function isModuleOfWebAssembly(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'WebAssembly' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'Module'
  )
}
