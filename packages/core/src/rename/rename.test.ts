import { expect, test } from 'vitest'
import { hashPositionOf } from './hash-in-name.ts'
import { renameEdited, type Renaming } from './rename.ts'
import type { HashPosition } from '../output.ts'

const chain = {
  'main.js': 'import "../app-AAAA2222.js"',
  'app-AAAA2222.js': 'import "../vendor-BBBB2222.js"\n//# sourceMappingURL=app-AAAA2222.js.map',
  'app-AAAA2222.js.map': '{"file":"app-AAAA2222.js"}',
  'vendor-BBBB2222.js': 'edited',
  'other-CCCC2222.js': 'untouched',
  'index.html': '<script src="/base/app-AAAA2222.js"></script><link href="./other-CCCC2222.js">',
}

const cycle = {
  'a-AAAA2222.js': 'import "../b-BBBB2222.js"; edited()',
  'b-BBBB2222.js': 'import "../a-AAAA2222.js"',
}

test('an edited file, what mentions it and every mention get new names', () => {
  const output = rename(chain, ['vendor-BBBB2222.js'])
  expect(Object.keys(output)).toEqual([
    'main.js',
    expect.stringMatching(/^app-(?!AAAA2222)[A-Z2-7]{8}\.js$/),
    expect.stringMatching(/^app-(?!AAAA2222)[A-Z2-7]{8}\.js\.map$/),
    expect.stringMatching(/^vendor-(?!BBBB2222)[A-Z2-7]{8}\.js$/),
    'other-CCCC2222.js',
    'index.html',
  ])
  const [, app, map, vendor] = Object.keys(output)
  expect(output).toEqual({
    'main.js': `import "../${app}"`,
    [app!]: `import "../${vendor}"\n//# sourceMappingURL=${map}`,
    [map!]: `{"file":"${app}"}`,
    [vendor!]: 'edited',
    'other-CCCC2222.js': 'untouched',
    'index.html': `<script src="/base/${app}"></script><link href="./other-CCCC2222.js">`,
  })
})

test('nothing changes without an edit, and no name without a hash', () => {
  expect(rename(chain, [])).toEqual(chain)
  expect(rename(chain, ['main.js'])).toEqual(chain)
})

test('the order of the files does not matter', () => {
  for (const files of [chain, cycle]) {
    const edited = ['vendor-BBBB2222.js', 'a-AAAA2222.js']
    const backwards = Object.fromEntries(Object.entries(files).toReversed())
    expect(rename(backwards, edited)).toEqual(rename(files, edited))
  }
})

test('a content has one name, whatever the bundler called it, and keeps it', () => {
  for (const [files, edited] of [
    [chain, 'vendor-BBBB2222.js'],
    [cycle, 'a-AAAA2222.js'],
  ] as const) {
    const once = rename(files, [edited])
    const other = JSON.parse(
      JSON.stringify(files).replaceAll('BBBB2222', 'ZZZZ7777').replaceAll('AAAA2222', 'QQQQ7777'),
    )
    expect(rename(other, [edited.replace('BBBB2222', 'ZZZZ7777').replace('AAAA2222', 'QQQQ7777')])).toEqual(
      once,
    )
    const renamed = Object.keys(once).filter((name) => !(name in files))
    expect(rename(once, renamed)).toEqual(once)
  }
})

test('another content has another name, up to the last importer', () => {
  const before = Object.keys(rename(chain, ['vendor-BBBB2222.js']))
  const after = Object.keys(
    rename({ ...chain, 'vendor-BBBB2222.js': 'edited otherwise' }, ['vendor-BBBB2222.js']),
  )
  expect(after.filter((name) => before.includes(name))).toEqual([
    'main.js',
    'other-CCCC2222.js',
    'index.html',
  ])
})

test('chunks that mention each other change together', () => {
  const output = rename(cycle, ['a-AAAA2222.js'])
  const [a, b] = Object.keys(output)
  expect(output).toEqual({ [a!]: `import "../${b}"; edited()`, [b!]: `import "../${a}"` })
  const changed = rename({ ...cycle, 'b-BBBB2222.js': 'import "../a-AAAA2222.js";more' }, ['a-AAAA2222.js'])
  expect(Object.keys(changed).filter((name) => name === a || name === b)).toEqual([])
})

test('importers that differ only in what they import get different names', () => {
  const output = rename(
    {
      'AAAA2222.js': 'import "../x-CCCC2222.js"',
      'BBBB2222.js': 'import "../x-DDDD2222.js"',
      'x-CCCC2222.js': 'one',
      'x-DDDD2222.js': 'two',
    },
    ['x-CCCC2222.js', 'x-DDDD2222.js'],
  )
  expect(new Set(Object.keys(output)).size).toBe(4)
})

test('files of equal content whose names are only a hash stay apart', () => {
  const files = { 'AAAA2222.js': 'same', 'BBBB2222.js': 'same' }
  expect(Object.keys(rename(files, Object.keys(files)))).toHaveLength(2)
})

test.each([
  ['hexadecimal', '3f9a01bc', /^[0-9a-f]{8}$/],
  ['base32', 'QX7ZAB2C', /^[A-Z2-7]{8}$/],
  ['base36', 'k3zx09qa', /^[0-9a-z]{8}$/],
  ['base64', 'D_x-9aBc', /^[\w-]{8}$/],
  ['a long hash', '0f'.repeat(32), /^[0-9a-f]{64}$/],
])('the new hash is as long as the old one and of its alphabet: %s', (_, hash, expected) => {
  const [name] = Object.keys(rename({ [`x.${hash}.js`]: 'edited' }, [`x.${hash}.js`], dotHash))
  expect(name!.split('.')[1]).toMatch(expected)
  expect(name).not.toContain(hash)
})

test('a hash may stand in the folder, and names may need escapes', () => {
  const output = rename(
    {
      'AAAA2222/ä b.js': 'edited',
      'index.html': '"/AAAA2222/%C3%A4%20b.js"',
      'é-BBBB2222.js': 'import "../AAAA2222/\\xE4 b.js"',
      'm.json': '{"m":"\\u00e9-BBBB2222.js"}',
    },
    ['AAAA2222/ä b.js'],
  )
  const [inFolder, , importer] = Object.keys(output)
  const folder = inFolder!.slice(0, 8)
  expect(folder).not.toBe('AAAA2222')
  expect(output['index.html']).toBe(`"/${folder}/%C3%A4%20b.js"`)
  expect(output['m.json']).toBe(`{"m":"\\u00e9${importer!.slice(1)}"}`)
})

test('an inline source map names the file by its new name', () => {
  const comment = '//# sourceMappingURL=data:application/json;base64,'
  const map = Buffer.from('{"file":"app-AAAA2222.js"}').toString('base64')
  const output = rename({ 'app-AAAA2222.js': `edited\n${comment}${map}\n` }, ['app-AAAA2222.js'])
  const [[name, text]] = Object.entries(output) as [[string, string]]
  expect(Buffer.from(text.split(comment)[1]!, 'base64').toString()).toBe(`{"file":"${name}"}`)
})

test('any other text can be brought up to date, at the same length', () => {
  const { renameIn, fileNames } = renaming(chain, ['vendor-BBBB2222.js'])
  const text = 'dist/vendor-BBBB2222.js.br other-CCCC2222.js'
  expect(renameIn(text)).toBe(`dist/${fileNames.get('vendor-BBBB2222.js')}.br other-CCCC2222.js`)
  expect(renameIn(text)).toHaveLength(text.length)
})

test('a name that is a part of another one is not taken for it', () => {
  const output = rename(
    {
      'a-AAAA2222.js': 'edited',
      'x.a-AAAA2222.js': 'untouched',
      'a-AAAA2222.json': 'untouched too',
      'index.html': '"a-AAAA2222.js" "x.a-AAAA2222.js" "a-AAAA2222.json" "a-AAAA2222.js.map"',
    },
    ['a-AAAA2222.js'],
    (fileName) => (fileName.endsWith('.js') ? anyHash(fileName) : undefined),
  )
  const [a, ...others] = Object.keys(output)
  expect(others).toEqual(['x.a-AAAA2222.js', 'a-AAAA2222.json', 'index.html'])
  expect(output['index.html']).toBe(`"${a}" "x.a-AAAA2222.js" "a-AAAA2222.json" "${a}.map"`)
})

test('thousands of chunks that share a loader', () => {
  const chunks = Array.from({ length: 3000 }, (_, index) => [
    `c${index}-${String(index)
      .padStart(4, '0')
      .replaceAll(/[0189]/g, (digit) => 'WXYZ'['0189'.indexOf(digit)]!)}AAAA.js`,
    'import "./loader-BBBB2222.js"',
  ])
  const output = rename(Object.fromEntries([...chunks, ['loader-BBBB2222.js', 'edited']]), [
    'loader-BBBB2222.js',
  ])
  const loader = Object.keys(output).at(-1)!
  expect(loader).not.toBe('loader-BBBB2222.js')
  expect(new Set(Object.values(output))).toEqual(new Set([`import "./${loader}"`, 'edited']))
})

/** Eight letters as esbuild writes them, anywhere in the name. */
function anyHash(fileName: string): HashPosition | undefined {
  const found = /[A-Z2-7]{8}/.exec(fileName)
  return found === null ? undefined : { start: found.index, end: found.index + 8 }
}

function dotHash(fileName: string): HashPosition {
  return { start: fileName.indexOf('.') + 1, end: fileName.lastIndexOf('.') }
}

function renaming(files: Record<string, string>, edited: string[], hashPositionOf = anyHash): Renaming {
  const list = Object.entries(files).map(([fileName, text]) => ({ fileName, text }))
  return renameEdited(list, edited, hashPositionOf)
}

/** The output as it is after renaming. */
function rename(
  files: Record<string, string>,
  edited: string[],
  hashPositionOf: (fileName: string) => HashPosition | undefined = anyHash,
): Record<string, string> {
  const { fileNames, texts } = renaming(files, edited, hashPositionOf as typeof anyHash)
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [fileNames.get(name) ?? name, texts.get(name) ?? text]),
  )
}

test('a new hash looks like one: a later run has nothing else to tell it by', () => {
  for (let version = 0; version < 500; version++) {
    const files = { 'app-B1x2Y3z4.js': `version ${version}`, 'lib.3f0c9a7b.js': `${version}` }
    for (const name of Object.keys(rename(files, Object.keys(files), hashPositionOf)))
      expect(hashPositionOf(name), name).toBeDefined()
  }
})
