import { array, assert, constantFrom, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { Substrings } from './substrings.ts'

const letters = constantFrom('a', 'b', '.', '-')
const word = string({ unit: letters, minLength: 1, maxLength: 7 })

test.each([
  ['few', integer({ min: 1, max: 4 })],
  ['many', integer({ min: 5, max: 120 })],
])('%s strings are found like one by one', (_, sizes) => {
  assert(
    property(
      sizes.chain((size) => array(word, { minLength: size, maxLength: size })),
      string({ unit: letters, maxLength: 60 }),
      (few, text) => {
        const strings = few.length > 4 ? [...few, ...Array.from({ length: 60 }, (_, i) => `other${i}`)] : few
        const substrings = new Substrings(strings)
        expect([...substrings.in(text)].toSorted()).toEqual(
          [...new Set(strings)].filter((one) => text.includes(one)).toSorted(),
        )
        for (const [one, positions] of substrings.positions(text))
          expect(positions).toEqual([...text].flatMap((_, at) => (text.startsWith(one, at) ? at : [])))
        expect([...substrings.positions(text).keys()].toSorted()).toEqual([...substrings.in(text)].toSorted())
        const starts = [...substrings.starts(text)]
        expect(starts).toEqual(starts.toSorted((a, b) => a - b))
        for (const one of strings) {
          const at = text.indexOf(one)
          if (at !== -1) expect(starts).toContain(at)
          if (at !== -1) expect(substrings.at(text, at)).toContain(one)
        }
      },
    ),
  )
})

test('a text that is searched again is searched for the strings that are asked for', () => {
  const text = 'of-a-b'.padEnd(5000)
  const many = Array.from({ length: 60 }, (_, index) => `other${index}`)
  for (const [one, at] of [
    ['-a', 2],
    ['-b', 4],
    ['-a', 2],
  ] as const) {
    expect(new Substrings([one, ...many]).starts(text)).toContain(at)
    expect(new Substrings([one]).starts(text)).toEqual([at])
  }
})
