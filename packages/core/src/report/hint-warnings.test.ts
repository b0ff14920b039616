import { expect, test } from 'vitest'
import { hintWarnings } from './hint-warnings.ts'

const shared = ['assets/a-1f2e3d4c.wasm']

const messages = (name: string, text: string) =>
  hintWarnings(new Map([[name, text]]), shared).map(({ message }) => message)

test.each([
  [
    'index.html',
    '<head>\n<link rel="prefetch" href="/assets/a-1f2e3d4c.wasm" as="fetch" crossorigin>',
    /^index\.html:2 has <link rel="prefetch"> for assets\/a-1f2e3d4c\.wasm: .* Remove the hint\.$/,
  ],
  [
    'a/b.html',
    "<LINK as=fetch href='../assets/a-1f2e3d4c.wasm?v=1' REL='preload'>",
    /^a\/b\.html:1 has <link rel="preload">/,
  ],
  [
    'index.html',
    '<link rel=modulepreload href=https://cdn.example/assets/a-1f2e3d4c.wasm>',
    /rel="modulepreload"/,
  ],
  [
    '_headers',
    '/*\n  Link: </assets/a-1f2e3d4c.wasm>; rel=preload; as=fetch',
    /^_headers:2 sends a Link header \(preload\)/,
  ],
])('%s: %s', (name, text, message) => {
  expect(messages(name, text)).toEqual([expect.stringMatching(message)])
})

test.each([
  ['index.html', '<!-- <link rel="preload" href="/assets/a-1f2e3d4c.wasm" as="fetch"> -->'],
  [
    'index.html',
    '<link rel="preload" href="/assets/b.wasm" as="fetch"><link rel="icon" href="/assets/a-1f2e3d4c.wasm">',
  ],
  ['_headers', '/assets/*.wasm\n  Cache-Control: immutable'],
])('%s has no hint: %s', (name, text) => {
  expect(messages(name, text)).toEqual([])
})

test('what a text lists twice is said once', () => {
  const list = "c.addAll(['assets/a-1f2e3d4c.wasm',\n'/assets/a-1f2e3d4c.wasm'])"
  expect(
    messages('sw.js', `addEventListener('install', f);caches.open(1).then((c) => ${list})`),
  ).toHaveLength(1)
})
