import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const change = (start: number, end: number, text: string) => ({ start, end, text })

test('by position, insertions first; a replacement is made once, an insertion as often as it is there', () => {
  const changes = [
    change(5, 8, 'b'),
    change(5, 5, 'a'),
    change(0, 0, 'x'),
    change(5, 8, 'b'),
    change(5, 5, 'a'),
    change(0, 1, 'y'),
  ]
  expect(inOrder(changes)).toEqual([
    change(0, 0, 'x'),
    change(0, 1, 'y'),
    change(5, 5, 'a'),
    change(5, 5, 'a'),
    change(5, 8, 'b'),
  ])
})
