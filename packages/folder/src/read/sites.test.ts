import { expect, test } from 'vitest'
import { findRoots } from './sites.ts'

const module = (src: string) => `<script type="module" src="${src}"></script>`

/** Files by name, `''` for those whose text does not matter. */
function rootsOf(texts: Record<string, string>): string[] {
  return findRoots(Object.keys(texts), new Map(Object.entries(texts)))
}

test.each<[string, Record<string, string>, string[]]>([
  ['the folder itself', { 'index.html': module('/app.js'), 'app.js': '' }, ['']],
  [
    'a folder below',
    { 'app/browser/index.html': module('main.js'), 'app/browser/main.js': '' },
    ['app/browser'],
  ],
  [
    'a folder below, absolute paths',
    { 'app/browser/index.html': module('/main.js'), 'app/browser/main.js': '', 'app/server/main.js': '' },
    ['app/browser'],
  ],
  ['a base path', { 'app/index.html': module('/base/path/js/main.js'), 'app/js/main.js': '' }, ['app']],
  [
    '<base href>',
    { 'app/de/index.html': `<base href="/de/">${module('main.js')}`, 'app/de/main.js': '' },
    ['app/de'],
  ],
  [
    'several sites',
    { 'a/index.html': module('/x.js'), 'a/x.js': '', 'b/index.html': module('./y.js'), 'b/y.js': '' },
    ['a', 'b'],
  ],
  [
    "one site's folders",
    {
      'index.html': module('/assets/app.js'),
      'about/index.html': module('/assets/app.js'),
      'docs/index.html': module('docs.js'),
      'docs/docs.js': '',
      'assets/app.js': '',
    },
    [''],
  ],
  [
    'folders of one site that has no page of its own',
    { 'en/index.html': module('../app.js'), 'de/index.html': module('/app.js'), 'app.js': '' },
    [''],
  ],
  [
    'pages apart from what they load',
    { 'prerendered/a/b.html': module('../_app/start.js'), 'client/_app/start.js': '' },
    ['client'],
  ],
  [
    'pages whose own scripts name what they load',
    {
      'a/index.html': module('main.js'),
      'a/main.js': '',
      'b/index.html': '<script>new Worker("worker.js")</script>',
      'b/worker.js': '',
      'c/index.html': "<script>WebAssembly.instantiateStreaming(fetch('./js/../y.wasm?v=1'))</script>",
      'c/y.wasm': '',
    },
    ['a', 'b', 'c'],
  ],
  [
    'a page whose markup says its root, and whose script names a file of another folder',
    { 'a/index.html': `${module('main.js')}<script>"../lib.js"</script>`, 'a/main.js': '', 'lib.js': '' },
    ['a'],
  ],
  [
    'a page whose own scripts name files, in a folder of a site that a server renders',
    {
      'client/assets/app.js': 'fetch("/assets/app.wasm")',
      'client/assets/app.wasm': '',
      'client/pages/offline.html': '<script>navigator.serviceWorker.register("./sw.js")</script>',
      'client/pages/sw.js': '',
    },
    ['client'],
  ],
  ['no pages', { 'client/assets/a.js': 'fetch("/assets/a.wasm")', 'client/assets/a.wasm': '' }, ['client']],
  ['pages of no account', { 'x/license.html': '<p>', 'app.js': '' }, ['']],
])('%s', (_, texts, roots) => {
  expect(rootsOf(texts)).toEqual(roots)
})
