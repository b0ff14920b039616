import type { Program } from '@oxc-project/types'

/**
 * Parses JavaScript, without nodes for parentheses. It is oxc-parser's `parseSync`, or `this.parse` of Rolldown, which
 * is the same parser: where a bundler has loaded it, there is no need for a second one.
 *
 * @throws {Error} If it is not JavaScript.
 * @see https://www.npmjs.com/package/oxc-parser
 */
export type Parser = (
  code: string,
  options: { sourceType: 'module' | 'script' | 'unambiguous'; preserveParens: false },
) => Program

/** Loads oxc-parser, for who has no such parser. */
export async function loadParser(): Promise<Parser> {
  const { parseSync } = await import('oxc-parser')
  return parserOf(parseSync)
}

/**
 * Makes a parser of oxc-parser's `parseSync`. Who loads that ahead of time has no need of a top-level `await`, which some loaders of
 * configurations cannot run: jiti 1, with which Docusaurus loads them, makes CommonJS of all they import.
 */
export function parserOf(parseSync: typeof import('oxc-parser').parseSync): Parser {
  return (code, options) => {
    const { errors, program } = parseSync('chunk.js', code, options)
    const error = errors.find(({ severity }) => severity === 'Error')
    if (error !== undefined) throw new SyntaxError(error.message)
    return program
  }
}
