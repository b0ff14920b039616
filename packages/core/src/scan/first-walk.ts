import type { ScriptFile } from '../output.ts'
import { Declarations } from '../syntax/declarations.ts'
import type { Node, Syntax } from '../syntax/parse.ts'
import { WordPositions } from '../syntax/word-positions.ts'
import { FetchReferences } from './fetch-references.ts'
import { GlobalAliases } from './global-aliases.ts'
import { inlinedSizeOf } from './inlined-wasm.ts'
import { loaderIn } from './loader-text.ts'
import { Mentions } from './mentions.ts'
import { NamedByScript } from './named-by-script.ts'
import type { Names } from './named-files.ts'
import { wordsOfInterest } from './positions-to-keep.ts'
import type { LoaderAsText } from './scanned-script.ts'
import { bindsBeyondScopes } from './sloppy-bindings.ts'
import { xhrGlobals } from './stub-globals.ts'
import { isFunction } from './variables.ts'

/** What a first walk over a script has found. */
export interface FirstWalk {
  named: NamedByScript
  mentions: Mentions
  loadersAsText: LoaderAsText[]
  /** Bytes of the largest wasm module that stands in a string; 0 without. */
  inlinedWasm: number
  /** Whether scopes show all that binds `fetch`. */
  areScopesClear: boolean
  /** The words that were sought, and where they are. */
  sought: string[]
  words: WordPositions
  declarations: Declarations
  /** The references as they are if the script declares none of the names. */
  freeReferences: FetchReferences
  /** Names that may be the script's own for the global object. */
  aliases: string[]
  /** Whether a bundler's runtime stands in the script. */
  hasRuntime: boolean
}

/** Walks a script for the first time: what it declares, and thus what its names mean, is known at the end. */
export function walkFirst(file: ScriptFile, { program, isModule }: Syntax, names: Names): FirstWalk {
  const { code } = file
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

  const sought = wordsSought(code, names)
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
  return {
    named,
    mentions,
    loadersAsText,
    inlinedWasm,
    areScopesClear,
    sought,
    words,
    declarations,
    freeReferences,
    aliases: aliases.usedIn(code),
    hasRuntime: aliases.hasRuntime,
  }
}

/** The words on the way to which a script is walked. */
function wordsSought(code: string, names: Names): string[] {
  return [
    ...wordsOfInterest,
    ...(code.includes('XMLHttpRequest') ? xhrGlobals : []),
    ...names.endings,
    ...(/\beval\b/.test(code) ? ['eval'] : []),
  ]
}
