import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Texts } from '../edit/texts.ts'
import type { HashPosition } from '../output.ts'
import { followEdits } from './follow-edits.ts'

/** Two contents whose digests have both a plus and a slash, before and after. */
const [before, after] = ['before', 'after'].map((text) => {
  for (let index = 0; ; index++) {
    if (/^[^+]*\+[^/]*\/|^[^/]*\/[^+]*\+/.test(integrityOf(text + index))) return text + index
  }
}) as [string, string]

const ways: [string, (digest: string) => string][] = [
  ['plain', (digest) => digest],
  ['decimal entities', (digest) => digest.replaceAll('+', '&#43;').replaceAll('/', '&#47;')],
  ['hexadecimal entities', (digest) => digest.replaceAll('+', '&#x2B;')],
  ['named entities', (digest) => digest.replaceAll('+', '&plus;').replaceAll('=', '&equals;')],
  ['JSON with escaped slashes', (digest) => digest.replaceAll('/', '\\/')],
  ['JSON in a string', (digest) => digest.replaceAll('/', '\\\\/')],
  ['Unicode escapes', (digest) => digest.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D')],
  ['hexadecimal escapes', (digest) => digest.replaceAll('+', '\\x2b')],
  ['code point escapes', (digest) => digest.replaceAll('+', '\\u{2b}')],
  ['percent encoding', encodeURIComponent],
  ['the Base64 of URLs', (digest) => `sha256-${digest.slice(7).replaceAll('+', '-').replaceAll('/', '_')}`],
  ['without padding', (digest) => digest.replace(/=+$/, '')],
]

test.each(ways)('an integrity attribute follows: %s', (_, write) => {
  const files = { 'main.js': before, 'index.html': `<script integrity="${write(integrityOf(before))}">` }
  expect(follow(files, { 'main.js': after })['index.html']).toBe(
    `<script integrity="${write(integrityOf(after))}">`,
  )
})

test('a chunk that carries the digest of an edited one gets another name, and that is mentioned', () => {
  const files = {
    'lazy.js': before,
    'main-AAAA2222.js': `import("./lazy.js", "${integrityOf(before)}")`,
    'index.html': '<script src="main-AAAA2222.js">',
  }
  const once = follow(files, { 'lazy.js': after })
  const [, main] = Object.keys(once)
  expect(main).toMatch(/^main-(?!AAAA2222)[A-Z2-7]{8}\.js$/)
  expect(once).toEqual({
    'lazy.js': after,
    [main!]: `import("./lazy.js", "${integrityOf(after)}")`,
    'index.html': `<script src="${main}">`,
  })
})

test('a digest of what only mentions a renamed file follows too', () => {
  const main = 'import "./lazy-AAAA2222.js"'
  const files = {
    'lazy-AAAA2222.js': before,
    'main.js': main,
    'index.html': `<script src="main.js" integrity="${integrityOf(main)}">`,
    'list.json': `[{"url":"main.js","revision":"${md5(main)}"}]`,
  }
  const output = follow(files, { 'lazy-AAAA2222.js': after })
  expect(output['index.html']).toBe(`<script src="main.js" integrity="${integrityOf(output['main.js']!)}">`)
  expect(output['list.json']).toBe(`[{"url":"main.js","revision":"${md5(output['main.js']!)}"}]`)
})

test('a policy has the digest of an import map that carries one itself, in a page with lines of any kind', () => {
  const page = (of: string) => {
    const map = `\r\n{"integrity":{"/main.js":"${integrityOf(of)}"}}\r\n`
    const policy = `script-src 'self' '${integrityOf(map.replaceAll('\r\n', '\n'))}'`
    return `<!-- <script> --><meta content="${policy}">\r\n<script type="importmap">${map}</script>`
  }
  const files = { 'main.js': before, 'index.html': page(before) }
  expect(follow(files, { 'main.js': after })['index.html']).toBe(page(after))
})

test('of files that were the same, each digest is that of the one which is named with it', () => {
  const named = (root: string, vendor: string, copy: string) =>
    `[{"url":"/main.js","revision":"${md5(root)}"},{"url":"/vendor/main.js","revision":"${md5(vendor)}"},` +
    `{"url":"/copy/main.js","revision":"${md5(copy)}"}]`
  const tags = (root: string, vendor: string) =>
    `<script integrity="${integrityOf(root)}" src="../main.js"></script><script src="main.js" integrity="${integrityOf(vendor)}">`
  const files = {
    'main.js': before,
    'vendor/main.js': before,
    'copy/main.js': before,
    'list.json': named(before, before, before),
    'vendor/index.html': tags(before, before),
    _headers: `script-src 'self' '${integrityOf(before)}'; x`,
    'all.html': `<link integrity=${integrityOf(before)}>`,
  }
  const output = follow(files, { 'main.js': after, 'vendor/main.js': `${after}!` })
  expect(output['list.json']).toBe(named(after, `${after}!`, before))
  expect(output['vendor/index.html']).toBe(tags(after, `${after}!`))
  const digests = [after, `${after}!`, before].map(integrityOf).toSorted()
  expect(output['_headers']).toBe(`script-src 'self' '${digests.join("' '")}'; x`)
  expect(output['all.html']).toBe(`<link integrity=${digests.join(' ')}>`)
})

test('a page and its copy keep a policy for what stands in each', () => {
  const page = (script: string) =>
    `<meta content="script-src '${integrityOf(script)}'"><script>${script}</script>`
  const edited = (script: string) => page(before).replace(`>${before}<`, `>${script}<`)
  const output = follow(
    { 'index.html': page(before), '404.html': page(before) },
    { 'index.html': edited(after), '404.html': edited(`${after}!`) },
  )
  expect(output).toEqual({ 'index.html': page(after), '404.html': page(`${after}!`) })
})

function integrityOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}

/** The output after edits, by new names. */
function follow(files: Record<string, string>, edited: Record<string, string>): Record<string, string> {
  const host = {
    fileNames: () => Object.keys(files),
    contentOf: (fileName: string) => files[fileName],
    hashPositionOf(fileName: string): HashPosition | undefined {
      const start = /-[A-Z2-7]{8}/.exec(fileName)?.index
      return start === undefined ? undefined : { start: start + 1, end: start + 9 }
    },
  }
  const texts = new Texts([], host)
  for (const [fileName, text] of Object.entries(edited)) texts.change(fileName, text)
  const { fileNames } = followEdits(texts, host)
  return Object.fromEntries(
    Object.keys(files).map((name) => [fileNames.get(name) ?? name, texts.current(name)!]),
  )
}
