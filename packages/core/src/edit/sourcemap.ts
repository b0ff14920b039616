import { createRequire } from 'node:module'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import type { SectionedSourceMap } from '@jridgewell/trace-mapping'
import type { Change } from '../output.ts'

/** The part of a source map that moves when generated code does. */
interface SourceMap {
  mappings: string
}

/**
 * Shifts the mappings of a source map by changes of the generated code. Every mapping stays, at its new column: changes keep the
 * number of lines before any code that has a mapping.
 *
 * @param json The source map, as text.
 * @param code The generated code before the changes.
 * @returns The new source map, as text.
 */
export function shiftMap(json: string, code: string, changes: Change[]): string {
  // What keeps a file from being run as a script: https://tc39.es/ecma426/#sec-ParseJSON
  const [guard] = /^(\)\]\}'.*\n)?/.exec(json)!
  const map = JSON.parse(json.slice(guard.length)) as SourceMap | SectionedSourceMap
  const flat = 'sections' in map ? flatten(map) : map
  const lines = decode(flat.mappings as string)
  // From the last change to the first, so that the positions of those before stay as they were.
  for (const change of changes.toReversed()) shiftLine(lines, code, change)
  return guard + JSON.stringify({ ...flat, mappings: encode(lines) })
}

/** Joins the sections of a source map. Bundlers hardly ever write sections: the library is loaded when there are some. */
function flatten(map: SectionedSourceMap): SourceMap {
  const { encodedMap, FlattenMap } = createRequire(import.meta.url)(
    '@jridgewell/trace-mapping',
  ) as typeof import('@jridgewell/trace-mapping')
  return encodedMap(new FlattenMap(map))
}

function shiftLine(lines: SourceMapSegment[][], code: string, { start, end, text }: Change): void {
  const from = positionOf(code, start)
  const to = positionOf(code, end)
  const breakInText = text.lastIndexOf('\n')
  const newColumn = breakInText === -1 ? from.column + text.length : text.length - breakInText - 1
  for (const segment of lines[to.line] ?? []) {
    const [column] = segment
    if (column >= to.column) segment[0] += newColumn - to.column
    else if (from.line === to.line && column > from.column) segment[0] = from.column
  }
}

function positionOf(code: string, offset: number): { line: number; column: number } {
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1
  let line = 0
  for (let at = code.indexOf('\n'); at !== -1 && at < lineStart; at = code.indexOf('\n', at + 1)) line++
  return { line, column: offset - lineStart }
}
