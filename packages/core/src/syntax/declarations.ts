import { ScopeTracker, walk } from 'oxc-walker'
import type { Node } from './parse.ts'
import type { WordPositions } from './word-positions.ts'

interface Visitor {
  /** For each node on the way to a word, and the siblings of these. */
  enter?(node: Node, parent: Node | null): void
  leave?(): void
}

/** The declarations around words that matter in a script. */
export class Declarations extends ScopeTracker {
  #names: Set<string> | undefined

  constructor() {
    super({ preserveExitedScopes: true })
  }

  /**
   * Walks a script, but only where the words are: scripts of libraries are large. What is declared under a name that
   * is among the words is found, what is declared under another may not be.
   */
  walk(program: Node, words: WordPositions, visitor: Visitor): void {
    const { processNodeEnter, processNodeLeave } = this
    walk(program, {
      enter(node, parent) {
        visitor.enter?.(node, parent)
        if (words.isIn(node)) processNodeEnter(node)
        else this.skip()
      },
      leave(node) {
        processNodeLeave(node)
        visitor.leave?.()
      },
    })
  }

  /** Once the whole script was walked: whether this name is declared in any scope. */
  declares(name: string): boolean {
    this.#names ??= new Set([...this.scopes.values()].flatMap((scope) => [...scope.keys()]))
    return this.#names.has(name)
  }
}
