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
export function parse({ fileName, code, format }: ScriptFile): Syntax {
  const { program, comments, errors } = parseSync('chunk.js', code, {
    sourceType: format ?? 'unambiguous',
    preserveParens: false,
  })
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error !== undefined) throw new SyntaxError(`${fileName}: ${error.message}`)
  return { program, comments, isModule: program.sourceType === 'module' }
}
