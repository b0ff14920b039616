import { expect, test } from 'vitest'
import { moduleScripts } from './module-scripts.ts'

const page = (html: string, name = 'index.html'): [string, string] => [name, html]

test.each<[string, [string, string][], boolean]>([
  ['a module', [page('<script type="module" crossorigin src="./a.js"></script>')], true],
  ['a module without quotes', [page('<SCRIPT src=/a.js?v=1 type=module></SCRIPT>')], true],
  [
    'a module of a page below',
    [page("<script type='module' src='../a.js'></script>", 'en/index.html')],
    true,
  ],
  [
    'a module on another origin',
    [page('<script type="module" src="https://cdn.example/x/a.js"></script>')],
    true,
  ],
  ['a module of a site below', [page('<script type="module" src="/app/a.js"></script>')], true],
  ['a classic script', [page('<script src="a.js"></script>')], false],
  [
    'both',
    [
      page('<script type="module" src="a.js"></script>'),
      page('<script defer src="a.js"></script>', 'b.html'),
    ],
    false,
  ],
  ['another file', [page('<script type="module" src="ba.js"></script>')], false],
  ['no page', [['a.js', '<script type="module" src="a.js">']], false],
])('%s', (_, texts, expected) => {
  expect(moduleScripts(texts)('a.js')).toBe(expected)
})
