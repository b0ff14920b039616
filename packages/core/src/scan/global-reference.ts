import type { Node } from '../syntax/parse.ts'
import type { Span } from '../syntax/span.ts'

/** A place where code reads a global. */
export interface GlobalReference {
  start: number
  end: number
  /** The body of the outermost function around it, if that runs once: a bundle's wrapper or a module of a bundle. */
  functionBody: Node | undefined
  /** The functions around it, those outside first. */
  functions: Node[]
}

/** A place where code reads the global `fetch`. */
export interface FetchReference extends GlobalReference {
  /**
   * `call`: it is called right there, so that the global is looked up at that moment.
   * `value`: the function itself is passed on, as it is at that moment.
   * `shorthand`: likewise, as `{ fetch }`.
   */
  kind: 'call' | 'value' | 'shorthand'
  /** Whether a statement begins with it, in a list of statements: the one before may end without a semicolon. */
  beginsStatement: boolean
  /** The global object, where `fetch` is called on it: `window` of `window.fetch(url)` and `window.fetch?.(url)`. */
  calledOn?: Span
}

/** An expression that code compares with others, the global `fetch` among them, or that itself. */
export interface Comparand {
  start: number
  end: number
  /** Whether it is a list of expressions, which has parentheses around it. */
  isSequence: boolean
  beginsStatement: boolean
  /** The functions around it, those outside first. */
  functions: Node[]
}
