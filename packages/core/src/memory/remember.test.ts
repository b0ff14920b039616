import { expect, test, vi } from 'vitest'
import { remember } from './remember.ts'

const text = (name: string, length = 5000) => name.padEnd(length, '.')

test('the same text is looked at once, by each function; another one of the same length is another text', () => {
  const lengthOf = vi.fn((found: string) => found.length)
  const firstOf = vi.fn((found: string) => found[0])
  const length = remember(lengthOf)
  const first = remember(firstOf)
  for (let build = 0; build < 3; build++) {
    expect([length(text('a')), first(text('a')), length(text('b')), first(text('b'))]).toEqual([
      5000,
      'a',
      5000,
      'b',
    ])
  }
  expect(lengthOf).toHaveBeenCalledTimes(2)
  expect(firstOf).toHaveBeenCalledTimes(2)
})

test('what is remembered is bounded, the longest ago goes first; nothing found is remembered too', () => {
  const find = vi.fn((): undefined => undefined)
  const found = remember(find)
  const large = Array.from({ length: 5 }, (_, index) => text(String(index), 2 ** 22))
  for (const one of large) found(one)
  expect(find).toHaveBeenCalledTimes(5)
  found(large[4]!)
  expect(find).toHaveBeenCalledTimes(5)
  found(large[0]!)
  expect(find).toHaveBeenCalledTimes(6)
})
