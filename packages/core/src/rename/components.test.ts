import { expect, test } from 'vitest'
import { componentsOf } from './components.ts'

/** Follows the edges of a graph that is written as lists. */
const next = (graph: Record<number, number[]>) => (node: number) => graph[node] ?? []

test('each component comes after those that it leads to', () => {
  const graph = { 1: [2, 4], 2: [3], 3: [2, 5], 4: [4], 5: [] }
  const components = componentsOf([1, 2, 3, 4, 5], next(graph))
  expect(components.map((component) => component.toSorted())).toEqual([[5], [2, 3], [4], [1]])
})

test('a chain, and a cycle, deeper than the stack of calls', () => {
  const length = 100_000
  const nodes = Array.from({ length }, (_, index) => index)
  expect(componentsOf(nodes, (node) => (node + 1 < length ? [node + 1] : []))).toHaveLength(length)
  expect(componentsOf(nodes, (node) => [(node + 1) % length])).toHaveLength(1)
})
