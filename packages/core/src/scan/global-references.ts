import type { Program } from '@oxc-project/types'
import { Declarations } from '../syntax/declarations.ts'
import type { Node } from '../syntax/parse.ts'
import { WordPositions } from '../syntax/word-positions.ts'
import { FetchReferences } from './fetch-references.ts'
import type { FirstWalk } from './first-walk.ts'
import { isAlias, isHolder, parametersGivenGlobalObject } from './global-aliases.ts'
import { namesOfFetch } from './global-object.ts'
import { RuntimeGlobals } from './runtime-globals.ts'
import { namesIn } from './variables.ts'

/**
 * Finds the references of the global `fetch` and `XMLHttpRequest` in a script. JavaScript hoists declarations: a name that
 * is declared at the end of a scope is the scope's own from its beginning. So the references that the first walk has found are
 * right only if the script declares none of the names; otherwise a second walk, which knows all declarations, finds them.
 *
 * A script's own names for the global object (`var root = globalThis`) take a second walk too. Minifiers use such a name for
 * something else in other scopes, where the first walk did not go.
 */
export function referencesOf(
  code: string,
  program: Program,
  { sought, words, declarations, freeReferences, aliases, hasRuntime }: FirstWalk,
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

/**
 * Finds the references of the global `fetch` in a script that declares one of the names itself, or has names of its own for
 * the global object.
 *
 * @param program The syntax tree of a whole script.
 * @param words Where the names are in it.
 * @param declarations What an earlier walk over the tree has found, frozen.
 * @param aliases Names that may be the script's own for the global object; they are among the words.
 * @param known Whether a bundler's runtime stands in the script, and the declarations of variables to which it assigns.
 */
function findFetchReferences(
  program: Program,
  words: WordPositions,
  declarations: Declarations,
  aliases: readonly string[] = [],
  {
    hasRuntime = false,
    replaced = new Set(),
  }: { hasRuntime?: boolean; replaced?: ReadonlySet<unknown> } = {},
): FetchReferences {
  const parameters = new Set<Node>()
  const references = new FetchReferences(
    program.sourceType === 'module',
    (name) => declarations.isDeclared(name),
    (name) => aliases.includes(name) && isAlias(name, declarations, replaced),
    (name) =>
      aliases.includes(name) &&
      !replaced.has(declarations.getDeclaration(name)) &&
      isHolder(name, declarations, parameters),
    new RuntimeGlobals(declarations, hasRuntime),
  )
  declarations.walk(program, words, {
    enter(node, parent) {
      for (const parameter of parametersGivenGlobalObject(node)) parameters.add(parameter)
      references.enter(node, parent)
    },
    leave: () => references.leave(),
  })
  return references
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
