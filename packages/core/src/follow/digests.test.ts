import { array, assert, constantFrom, oneof, property, string, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { digestForms, digestsIn, replaceDigests } from './digests.ts'

const digest = string({ maxLength: 9 }).chain((content) =>
  constantFrom(...digestForms.map(({ write }) => write(content))),
)
const piece = oneof(
  digest,
  stringMatching(/^[\da-f]{0,70}$/),
  constantFrom('"', ' ', '_', 'z', '.', '-', 'sha256-', 'sha512', '\\u002b', '&#43;', '='),
)

test('every digest that can be replaced is found', () => {
  assert(
    property(array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      const replaceable = new Set<string>()
      replaceDigests(text, (found) => {
        if (/^sha|^(?:.{32}|.{40}|.{64})$/.test(found)) replaceable.add(found)
        return undefined
      })
      expect([...digestsIn('list.json', text)]).toEqual(expect.arrayContaining([...replaceable]))
    }),
  )
})

test.each(['\\u002b', '\\/', '&#43;', '%3D'])('one that is written with %s is found', (escape) => {
  const integrity = digestForms[0]!.write('')
  const at = escape === '%3D' ? integrity.length - 1 : 10
  const text = `${integrity.slice(0, at)}${escape}${integrity.slice(at + 1)}`
  const [found] = digestsIn('page.html', text)
  expect(found).toHaveLength(integrity.length)
  expect(found![at]).toMatch(/[+/=]/)
})

test('a megabyte of digits is read once', () => {
  expect(digestsIn('app.js', 'a'.repeat(1e6))).toEqual(new Set())
})
