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

test('of changes that stand in each other, the outer one is made', () => {
  const outer = change(10, 20, 'outer')
  const inner = [change(10, 15, 'a'), change(12, 12, 'b'), change(15, 20, 'c')]
  const beside = [change(10, 10, 'before'), change(20, 20, 'after')]
  expect(inOrder([...inner, outer, ...beside])).toEqual([beside[0], outer, beside[1]])
})

test('two texts for one place are left for whoever makes the changes to refuse', () => {
  const changes = [change(1, 2, 'a'), change(1, 2, 'b')]
  expect(inOrder(changes)).toEqual(changes)
})
