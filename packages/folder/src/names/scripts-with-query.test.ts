import { expect, test } from 'vitest'
import { scriptsWithQuery } from './scripts-with-query.ts'

test.each([
  ['<script src="js/app.js?id=3f0c9a1b">', [{ path: 'js/app.js', query: 'id=3f0c9a1b' }]],
  [
    'a("./a.mjs?v=1"),b("/x/b.cjs?2")',
    [
      { path: './a.mjs', query: 'v=1' },
      { path: '/x/b.cjs', query: '2' },
    ],
  ],
  ['const js = a.js ? b : c.js?"":d; nodejs?x; /.js?x', []],
])('%s', (text, found) => {
  expect([...scriptsWithQuery(text)]).toEqual(found)
})

test('a long word before the query is read once', () => {
  expect([...scriptsWithQuery(`${'a'.repeat(1e6)}.js?v=1`)]).toHaveLength(1)
})
