import { assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { programs } from '../testing/generated-program.ts'
import type { ScriptFile } from '../output.ts'
import { loadParser } from '../syntax/parser.ts'
import { FileNames } from './named-files.ts'
import { comparable } from '../testing/comparable.ts'
import { scanOutline, scanWhole } from './scan.ts'

const parser = await loadParser()
const names = new FileNames(['a.wasm', 'chunk.js'])

/** Functions that a scan finds nothing in, before and behind a program. */
const fillers = [
  'function filler(a) { return { a, b: [`${a}`, /}/.test(a)] } }',
  "class Filler { #a = 1; get a() { return this.#a / 2 } static { 'x' } }",
  'var filler = async () => { for await (const { a } of []) { switch (a) { default: } } }',
  "var filler = { a(URL) { return URL }, 'b': function* ({ location = 1 }) {} }",
  'label: { let Object\n[0]; break label }',
  'function filler({ Event }, ...Reflect) { class AbortController {} return [Event, Reflect, DOMException] }',
  'function filler() { const x = new XMLHttpRequest(); x.responseType = "arraybuffer"; return x }',
  'var filler = function () { var global = typeof self < "u" ? self : this; return global.fetch }',
]

test('the outline of a program says the same as the program', { timeout: 300_000 }, () => {
  let count = 0
  assert(
    property(
      programs,
      constantFrom(...fillers),
      constantFrom(...fillers),
      constantFrom<ScriptFile['format']>('script', undefined),
      (program, before, behind, format) => {
        const code = `${before}\n${program}\n${behind}`
        const file: ScriptFile = { type: 'script', fileName: 'chunk.js', code, ...(format && { format }) }
        const outline = scanOutline(file, names, parser)
        if (outline === undefined) return
        count++
        expect(comparable(outline)).toEqual(comparable(scanWhole(file, names, parser)))
      },
    ),
    { numRuns: 1000 },
  )
  expect(count).toBeGreaterThan(100)
})
