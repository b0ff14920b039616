import { expect, test } from 'vitest'
import { findHashMentions } from './hash-mentions.ts'

test('hashes are found wherever they stand, also within something longer', () => {
  const texts = new Map([
    ['a.js', 'import "./b-AAAA2222.js"; "xAAAA2222y"'],
    ['b.js', '"AAAA2222CC.js"'],
  ])
  expect(findHashMentions(['AAAA2222', 'AAAA2222CC', 'ZZ'], texts)).toEqual(
    new Map([
      [
        'AAAA2222',
        [
          { in: 'a.js', at: 12 },
          { in: 'a.js', at: 28 },
          { in: 'b.js', at: 1 },
        ],
      ],
      ['AAAA2222CC', [{ in: 'b.js', at: 1 }]],
      ['ZZ', []],
    ]),
  )
})

test('the work grows with the texts, not with the hashes times the texts', () => {
  const hashes = Array.from({ length: 5000 }, (_, index) => `H${String(index).padStart(7, '0')}`)
  let reads = 0
  const texts = new Map(hashes.map((hash) => [`chunk-${hash}.js`, 'import "./loader-AAAA2222.js"']))
  const counted = new Proxy(texts, {
    get(target, property) {
      if (property === Symbol.iterator || property === 'entries') reads++
      const value = Reflect.get(target, property) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  expect(findHashMentions(hashes, counted).size).toBe(5000)
  expect(reads).toBe(1)
})
