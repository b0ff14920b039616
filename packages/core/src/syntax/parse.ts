import type { Node, Program } from '@oxc-project/types'
import type { ScriptFile } from '../output.ts'
import type { Parser } from './parser.ts'

export type { Node }

/** The syntax tree of a script. */
export interface Syntax {
  program: Program
  isModule: boolean
}

/**
 * Parses a script: as a module where the bundler says so, else by its syntax.
 *
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function parse({ fileName, code, format }: ScriptFile, parser: Parser): Syntax {
  try {
    const sourceType = format === undefined || format === 'either' ? 'unambiguous' : format
    const program = parser(code, { sourceType, preserveParens: false })
    return { program, isModule: program.sourceType === 'module' }
  } catch (error) {
    // Among them what the parser cannot hand over: the tree of some 10 MB of dense code is too long for a string.
    throw new SyntaxError(`${fileName}: ${(error as Error).message}`, { cause: error })
  }
}
