import { expect, test } from 'vitest'
import { hashPositionOf } from './hash-in-name.ts'
import { contentHash } from './lookalike-hash.ts'

test.each([
  ['3f0c9a1b2d4e5f607182', /^[\da-f]{20}$/],
  ['0123456789abc', /^[\da-f]{13}$/],
  ['0cz1d0mv5g_q7', /^[0-3][\da-z_-]{12}$/],
  ['2u1d16houkiyo', /^[0-3][\da-z_-]{12}$/],
  ['ABCD2345', /^[A-Z2-7]{8}$/],
  ['x9k3p', /^[\da-z]{5}$/],
  ['CXIAVl5-', /^[\w-]{8}$/],
])('a hash that looks like %s', (lookalike, form) => {
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) expect(contentHash(text, lookalike)).toMatch(form)
})

test("Turbopack's is taken for one again", () => {
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const hash = contentHash(text, '0cz1d0mv5g_q7')
    expect(hashPositionOf(`chunks/${hash}.js`)).toEqual({ start: 7, end: 20 })
  }
})
