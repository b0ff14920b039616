import { encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { describe, expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import type { Change } from '../output.ts'
import { shiftMap } from './sourcemap.ts'

/** A map in which every word of the code comes from its own line of the source. */
function mapWords(code: string) {
  const mappings: SourceMapMappings = code
    .split('\n')
    .map((line, index) =>
      [...line.matchAll(/\w+/g)].map(({ index: column }) => [column, 0, index * 100 + column, 7]),
    )
  return JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: encode(mappings) })
}

function change(code: string, from: string, text: string): Change {
  const start = code.indexOf(from)
  return { start, end: start + from.length, text }
}

/** The source line that a word of generated code comes from. */
function lineOf(map: string, code: string, word: string) {
  const before = code.slice(0, code.indexOf(word)).split('\n')
  return originalPositionFor(new TraceMap(map), { line: before.length, column: before.at(-1)!.length }).line
}

describe.each([
  [
    'longer',
    'one; fetch(a); two; fetch(b); three\nfour',
    [
      ['fetch(a)', 'cosFetch_1(a)'],
      ['fetch(b)', 'x(b)'],
    ],
  ],
  ['over two lines', 'one; window\n  .fetch(a); two\nthree', [['window\n  .fetch', 'cosFetch_1\n']]],
  ['inserted', 'f(){one}; two\nthree', [['}', ';function g(){}}']]],
])('a change that is %s', (_, code, replacements) => {
  test('keeps every other word at its source line', () => {
    const changes = replacements.map(([from, to]) => change(code, from!, to!))
    const map = mapWords(code)
    const edited = applyChanges(code, changes)
    const shifted = shiftMap(map, code, changes)
    for (const word of ['one', 'two', 'three', 'four'].filter((word) => code.includes(word))) {
      expect(lineOf(shifted, edited, word)).toBe(lineOf(map, code, word))
    }
  })
})

test('an inline map moves with the code, whatever its charset says', () => {
  const code = 'one; fetch(a); two'
  const changes = [change(code, 'fetch', 'cosFetch_1')]
  for (const type of ['application/json', 'application/json;charset=utf-8']) {
    const comment = `\n//# sourceMappingURL=data:${type};base64,${Buffer.from(mapWords(code)).toString('base64')}`
    const edited = applyChanges(code + comment, changes)
    const map = Buffer.from(edited.split('base64,')[1]!.trim(), 'base64').toString()
    expect(lineOf(map, edited, 'two')).toBe(lineOf(mapWords(code), code, 'two'))
  }
})

test.each([
  [
    'with a comment behind it',
    (data: string) => `\n//# sourceMappingURL=data:${data}\n// end\n/* of file */`,
  ],
  ['in a block', (data: string) => `\n/*# sourceMappingURL=data:${data} */\n`],
])('an inline map %s moves with the code, in Base64 or percent-encoded', (_, comment) => {
  const code = 'one; fetch(a); two'
  const json = mapWords(code)
  for (const data of [
    `application/json;base64,${Buffer.from(json).toString('base64')}`,
    `application/json;charset=utf-8,${encodeURIComponent(json)}`,
  ]) {
    const edited = applyChanges(code + comment(data), [change(code, 'fetch', 'cosFetch_1')])
    const [, encoding, text] = /application\/json;(\S+?),(\S+)/.exec(edited)!
    const map = encoding === 'base64' ? Buffer.from(text!, 'base64').toString() : decodeURIComponent(text!)
    expect(lineOf(map, edited, 'two')).toBe(lineOf(json, code, 'two'))
    expect(edited.slice(edited.indexOf(text!) + text!.length)).toBe(
      (code + comment(data)).slice((code + comment(data)).indexOf(data) + data.length),
    )
  }
})

test('a map that the code quotes is not its own', () => {
  const quoted = `fetch(a, "//# sourceMappingURL=data:application/json;base64,bm8=")`
  expect(applyChanges(quoted, [change(quoted, 'a', 'b')])).toBe(quoted.replace('(a', '(b'))
})

test.each([
  'application/json;base64,bm8=',
  'application/json;base64,e30=',
  'application/json,%',
  'application/json,%7B%E0%7D',
])('a damaged inline map stays as it is: %s', (data) => {
  const code = `fetch(a)\n//# sourceMappingURL=data:${data}`
  expect(applyChanges(code, [change(code, 'fetch', 'cosFetch_1')])).toBe(code.replace('fetch', 'cosFetch_1'))
})

test('what keeps a map from being run as a script stays before it', () => {
  const guard = ")]}'\n"
  expect(shiftMap(guard + mapWords('one'), 'one', [])).toBe(guard + shiftMap(mapWords('one'), 'one', []))
})

test('a sectioned map becomes a plain one', () => {
  const code = 'one; fetch(a); two'
  const map = JSON.stringify({
    version: 3,
    sections: [{ offset: { line: 0, column: 0 }, map: JSON.parse(mapWords(code)) }],
  })
  const changes = [change(code, 'fetch', 'cosFetch_1')]
  const shifted = shiftMap(map, code, changes)
  expect(lineOf(shifted, applyChanges(code, changes), 'two')).toBe(lineOf(mapWords(code), code, 'two'))
})

test('fields that tools add to a map stay', () => {
  const map = JSON.stringify({ ...JSON.parse(mapWords('one')), debugId: 'x', x_google_ignoreList: [0] })
  expect(JSON.parse(shiftMap(map, 'one', []))).toMatchObject({ debugId: 'x', x_google_ignoreList: [0] })
})
