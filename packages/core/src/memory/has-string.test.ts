import { expect, test } from 'vitest'
import { hasString } from './has-string.ts'

test.each([
  ['short', 'fetch("a.wasm")'],
  ['long', 'fetch("a.wasm")'.padEnd(5000)],
])('a %s text has its own strings and no others, however often it is asked', (_, text) => {
  for (let time = 0; time < 2; time++) {
    expect(hasString(text, 'a.wasm')).toBe(true)
    expect(hasString(text, 'b.wasm')).toBe(false)
    expect(hasString(`${text}b.wasm`, 'b.wasm')).toBe(true)
  }
})

test('more strings than are kept', () => {
  const text = 'x7x'.padEnd(5000)
  const found = Array.from({ length: 3000 }, (_, index) => hasString(text, `x${index}x`))
  expect(found.indexOf(true)).toBe(7)
  expect(found.lastIndexOf(true)).toBe(7)
})
