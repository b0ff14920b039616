import { decoded } from '../syntax/decoded.ts'

/** A source map that stands in a script as a data URL. */
export interface InlineMap {
  /** Where its data stand in the script, behind the comma of the URL. */
  start: number
  end: number
  json: string
  /** Writes another map in the same way. */
  encode: (json: string) => string
}

const url = 'sourceMappingURL=data:application/json'
const onlyComments = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*$/

/**
 * Finds the source map that belongs to a script, in a line comment or in a block, in Base64 or percent-encoded. Only
 * comments may stand behind it: others are quoted in the code.
 *
 * @see https://tc39.es/ecma426/#sec-linking-inline
 */
export function findInlineMap(code: string): InlineMap | undefined {
  // To search backwards takes V8 much longer: most scripts have no such URL.
  const urlStart = code.includes(url) ? code.lastIndexOf(url) : -1
  const comment =
    urlStart === -1 ? null : /\/([/*])[#@]\s*$/.exec(code.slice(Math.max(0, urlStart - 9), urlStart))
  if (comment === null) return undefined
  const commentEnd = endOf(code, comment[1] === '*' ? '*/' : '\n', urlStart)
  // Behind the data of a string there are quotes.
  const data = /^([^,]*),([\w+/=%.!~*()-]+)\s*$/.exec(code.slice(urlStart + url.length, commentEnd))
  if (data === null || !onlyComments.test(code.slice(commentEnd).replace(/^\*\//, ''))) return undefined
  const [, parameters, written] = data as unknown as [string, string, string]
  const start = urlStart + url.length + parameters.length + 1
  return { start, end: start + written.length, ...codingOf(parameters, written) }
}

function endOf(code: string, mark: string, from: number): number {
  const end = code.indexOf(mark, from)
  return end === -1 ? code.length : end
}

function codingOf(parameters: string, written: string): Pick<InlineMap, 'encode' | 'json'> {
  if (parameters.endsWith(';base64')) {
    return {
      json: Buffer.from(written, 'base64').toString(),
      encode: (json) => Buffer.from(json).toString('base64'),
    }
  }
  // In a block, a star and a slash would end the comment: the slash is encoded.
  return { json: decoded(written), encode: encodeURIComponent }
}
