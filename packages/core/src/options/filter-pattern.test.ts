import { expect, test } from 'vitest'
import { type FilterPattern, matchesAny } from './filter-pattern.ts'

test.each<[FilterPattern, string[], string[]]>([
  [/sql/g, ['a/sql.wasm', 'b/sql.wasm'], ['a/icu.wasm']],
  ['**/*.wasm', ['a.wasm', 'a/b.wasm', '/app/node_modules/.pnpm/x/a.wasm', 'C:\\app\\a.wasm'], ['a.js']],
  ['assets/*.wasm', ['assets/a.wasm'], ['a.wasm', 'x/assets/a.wasm']],
  [['**/a.*', /b/], ['x/a.wasm', 'x/b.wasm'], ['x/c.wasm']],
])('%s', (pattern, matching, others) => {
  const matches = matchesAny(pattern)
  expect(matching.filter(matches)).toEqual(matching)
  expect(others.filter(matches)).toEqual([])
})
