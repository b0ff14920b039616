import { expect, test } from 'vitest'
import { findVersions } from './versions.ts'

const hash = 'a81c07d3be92'
const files = ['a/app.js', 'b/app.js', 'app.js', 'b/page.html', 'index.html', 'b/lib/main.js']

test.each([
  ['index.html', `<script src="b/app.js?id=${hash}">`, ['b/app.js']],
  ['index.html', `<script src="app.js?id=${hash}">`, ['app.js']],
  ['index.html', `<script src="/a/app.js?id=${hash}">`, ['a/app.js']],
  ['b/page.html', `<script src="app.js?id=${hash}">`, ['b/app.js']],
  ['b/page.html', `<script src="../a/app.js?id=${hash}">`, ['a/app.js']],
  // The folder is served below /site/.
  ['index.html', `<script src="/site/b/app.js?id=${hash}">`, ['b/app.js', 'app.js']],
  ['b/lib/main.js', `import('../app.js?id=${hash}')`, ['b/app.js']],
  // The path may be that from a page.
  ['b/lib/main.js', `script.src = 'app.js?id=${hash}'`, ['a/app.js', 'b/app.js', 'app.js']],
  ['b/lib/main.js', `script.src = base + 'a/app.js?id=${hash}'`, ['a/app.js', 'app.js']],
  ['index.html', `<script src="other.js?id=${hash}">`, []],
  ['index.html', '<script src="b/app.js?v=20260131">', []],
])('%s: %s', (where, text, meant) => {
  const found = findVersions(files, new Map([[where, text]]))
  expect(found).toEqual(meant.map((file) => ({ file, kind: 'hashed-query', in: where, hash })))
})
