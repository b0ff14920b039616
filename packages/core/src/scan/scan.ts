import { Declarations } from '../syntax/declarations.ts'
import { type EmbeddedHash, findEmbeddedHashes, mayEmbedHashes } from '../embedded/embedded-hashes.ts'
import {
  bindsBeyondScopes,
  type FetchReference,
  FetchReferences,
  findFetchReferences,
  namesOfFetch,
} from './fetch-references.ts'
import { adaptStorageMethods, mayAskStorage } from '../modernise/storage-methods.ts'
import type { FileNames } from './names.ts'
import type { Change, ScriptFile } from '../output.ts'
import type { Parser } from '../syntax/parser.ts'
import { injectedGlobals, shadowedGlobals } from '../inject/stub-globals.ts'
import { type Node, parse } from '../syntax/parse.ts'
import { WordPlaces } from '../syntax/word-places.ts'

/** What a chunk has to do with wasm. */
export interface ScannedScript {
  file: ScriptFile
  isModule: boolean
  /** Emitted files, wasm and scripts, that it refers to. */
  refersTo: Set<string>
  /** The strings by which it names each of them. */
  namings: Map<string, Set<string>>
  fetchReferences: FetchReference[]
  /** The stub's globals that it declares itself. */
  shadowed: string[]
  /** Whether it mentions `WebAssembly`, `XMLHttpRequest`, and compiles with `new WebAssembly.Module`. */
  mentions: { webAssembly: boolean; xmlHttpRequest: boolean; syncCompile: boolean }
  /** Whether it carries a wasm module as base64 or in a data URL. */
  hasInlinedWasm: boolean
  /** Hashes of wasm files that an earlier tool, or an earlier run of this one, put into it. */
  embeddedHashes: EmbeddedHash[]
  /** What lets it ask Cross-Origin Storage itself where the API has another name than the one it knows. */
  storageChanges: Change[]
  /** Where only comments follow. */
  endOfStatements: number
}

/** Base64 of a wasm module's first four bytes, `\0asm`, in a data URL or bare; esbuild writes short ones without. */
const inlinedWasm = /^(data:application\/wasm,|(data:application\/(wasm|octet-stream);base64,)?AGFzb)/

/** What a walk looks for, besides the files that strings name. */
const wordsOfInterest = [
  ...namesOfFetch,
  ...injectedGlobals,
  'WebAssembly',
  'XMLHttpRequest',
  'with',
  'AGFzb',
  'data:application/wasm,',
]

/** Whether a script can matter at all; the others are not even parsed. */
export function isWorthScanning(file: ScriptFile): boolean {
  return (
    file.refersTo !== undefined ||
    file.code.includes('WebAssembly') ||
    file.code.includes('.wasm') ||
    file.code.includes('AGFzb') ||
    file.code.includes('data:application/wasm,') ||
    mayEmbedHashes(file.code) ||
    mayAskStorage(file.code)
  )
}

/**
 * Finds out which files a script names, where it refers to the global `fetch`, and what else it does with wasm.
 *
 * @param names The emitted files, wasm and scripts.
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function scan(file: ScriptFile, names: FileNames, parser: Parser): ScannedScript {
  const { program, isModule } = parse(file, parser)
  const refersTo = new Set(file.refersTo)
  const namings = new Map<string, Set<string>>()
  const mentions = { webAssembly: false, xmlHttpRequest: false, syncCompile: false }
  let hasInlinedWasm = false
  let areScopesClear = true

  const readString = (text: string): void => {
    for (const fileName of names.namedBy(text)) {
      refersTo.add(fileName)
      namings.set(fileName, (namings.get(fileName) ?? new Set()).add(text))
    }
    hasInlinedWasm ||= inlinedWasm.test(text)
  }

  const words = new WordPlaces(file.code, [...wordsOfInterest, ...names.endings])
  const references = new FetchReferences(() => false)
  const declarations = new Declarations()
  declarations.walk(program, words, {
    enter(node, parent) {
      if (node.type === 'Literal' && typeof node.value === 'string') readString(node.value)
      else if (node.type === 'TemplateElement') readString(node.value.cooked ?? '')
      else if (node.type === 'Identifier' && node.name === 'WebAssembly') mentions.webAssembly = true
      else if (node.type === 'Identifier' && node.name === 'XMLHttpRequest') mentions.xmlHttpRequest = true
      else if (node.type === 'NewExpression') mentions.syncCompile ||= isModuleOfWebAssembly(node.callee)
      if (!isModule && bindsBeyondScopes(node, parent)) areScopesClear = false
      references.enter(node, parent)
    },
    leave: () => references.leave(),
  })
  declarations.freeze()

  // Where scopes are not what they look like, loading plainly is better than rewriting wrongly.
  const shadowed = shadowedGlobals(declarations)
  // What is declared further down counts above too: only where there is such a name, it takes another walk to know.
  const findReferences = () =>
    namesOfFetch.some((name) => declarations.declares(name))
      ? findFetchReferences(program, words, declarations)
      : references.found
  const mayFetch = areScopesClear && shadowed !== undefined && file.code.includes('fetch')
  return {
    file,
    isModule,
    refersTo,
    namings,
    fetchReferences: mayFetch ? findReferences() : [],
    shadowed: shadowed ?? [],
    mentions,
    hasInlinedWasm,
    storageChanges: mayAskStorage(file.code) ? adaptStorageMethods(program, file.code) : [],
    embeddedHashes: mayEmbedHashes(file.code) ? findEmbeddedHashes(program, file.code) : [],
    endOfStatements: program.body.at(-1)?.end ?? 0,
  }
}

/** Whether a script was instrumented before; it is not done twice. */
export function isInstrumented({ embeddedHashes }: ScannedScript): boolean {
  return embeddedHashes.some(({ by }) => by === 'wasm-cos')
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
