import type { Node, Program } from '@oxc-project/types'
import { type Comment, parseSync } from 'oxc-parser'
import type { ScriptFile } from './output.ts'

export type { Comment, Node }

/** The syntax tree of a script. */
export interface Syntax {
  program: Program
  comments: Comment[]
  isModule: boolean
}

/**
 * Parses a script: as a module where the bundler says so, else by its syntax.
 *
 * @throws {SyntaxError} If it is not JavaScript.
 */
export function parse(file: ScriptFile): Syntax {
  try {
    return parseWhole(file)
  } catch (error) {
    // Among them what the parser cannot hand over: the tree of some 10 MB of dense code is too long for a string.
    throw new SyntaxError(`${file.fileName}: ${(error as Error).message}`, { cause: error })
  }
}

function parseWhole({ code, format }: ScriptFile): Syntax {
  const { program, comments, errors } = parseSync('chunk.js', code, {
    sourceType: format ?? 'unambiguous',
    preserveParens: false,
  })
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error !== undefined) throw new SyntaxError(error.message)
  return { program, comments, isModule: program.sourceType === 'module' }
}
