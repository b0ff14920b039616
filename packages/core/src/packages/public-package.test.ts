import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { packageOf } from './installed-package.ts'
import { isPublic, privateReason } from './public-package.ts'

/** Makes a project on disk; values that are no strings are JSON. */
function project(files: Record<string, unknown>): string {
  const root = mkdtempSync(join(tmpdir(), 'wasm-cos-packages-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}

const own = { name: 'own', version: '1.0.0' }
const installed = { 'node_modules/own/a.wasm': '', 'node_modules/own/package.json': own }
const lock = (entry: object) => ({
  ...installed,
  'node_modules/.package-lock.json': { packages: { 'node_modules/own': entry } },
})
const pnpm = (folder: string) => ({
  [`node_modules/.pnpm/${folder}/node_modules/own/a.wasm`]: '',
  [`node_modules/.pnpm/${folder}/node_modules/own/package.json`]: own,
})

test.each([
  ['npm, from a registry', lock({ resolved: 'https://registry.example/own/-/own-1.0.0.tgz' })],
  [
    'published through a registry that publishes to npm, as canvaskit-wasm is',
    {
      ...installed,
      'node_modules/own/package.json': {
        ...own,
        publishConfig: { registry: 'https://wombat-dressing-room.appspot.com' },
      },
    },
  ],
  ['npm without URLs', lock({ version: '1.0.0' })],
  ['pnpm', pnpm('own@1.0.0')],
  ['pnpm with peers', pnpm('own@1.0.0_react@19.0.0')],
  [
    'Yarn 1',
    { ...installed, 'node_modules/.yarn-integrity': { lockfileEntries: { 'own@^1.0.0': 'https://x' } } },
  ],
  [
    'Yarn 4',
    {
      ...installed,
      'node_modules/.yarn-state.yml':
        '__metadata:\n  version: 1\n\n"own@npm:1.0.0":\n  locations:\n    - "node_modules/own"\n',
    },
  ],
  ['an alias', { ...installed, 'package.json': { dependencies: { own: 'npm:other@^1' } } }],
  ['a range', { ...installed, 'package.json': { devDependencies: { own: '>=1 <3 || ^4' } } }],
  ['a catalog', { ...installed, 'package.json': { dependencies: { own: 'catalog:' } } }],
])('a package is public: %s', (_, files) => {
  const root = project(files)
  const path = Object.keys(files).find((name) => name.endsWith('a.wasm'))!
  expect(packageOf(join(root, path))?.manifest.name).toBe('own')
  expect(isPublic(join(root, path))).toBe(true)
})

test.each<[string, Record<string, unknown>, RegExp]>([
  ['private', { ...installed, 'node_modules/own/package.json': { ...own, private: true } }, /^is private/],
  [
    'UNLICENSED',
    { ...installed, 'node_modules/own/package.json': { ...own, license: 'UNLICENSED' } },
    /UNLICENSED/,
  ],
  [
    'of restricted access',
    { ...installed, 'node_modules/own/package.json': { ...own, publishConfig: { access: 'restricted' } } },
    /restricted access/,
  ],
  [
    'of a registry of its own',
    {
      ...installed,
      'node_modules/own/package.json': { ...own, publishConfig: { registry: 'https://npm.example/' } },
    },
    /published to https:\/\/npm\.example\//,
  ],
  ['npm, from a folder', lock({ resolved: 'file:../own' }), /installed from file:\.\.\/own/],
  ['npm, linked', lock({ resolved: '../own', link: true }), /installed from link:/],
  ['npm, from a tarball', lock({ resolved: 'file:own-1.0.0.tgz' }), /installed from file:/],
  ['npm, from a URL', lock({ resolved: 'https://files.example/own.tgz' }), /installed from https:/],
  [
    'npm, from Git',
    lock({ resolved: 'git+ssh://git@github.com/me/own.git#1f2e' }),
    /installed from git\+ssh:/,
  ],
  [
    'npm 6, from Git',
    { ...installed, 'node_modules/own/package.json': { ...own, _resolved: 'git+https://x.example/own.git' } },
    /git\+https:/,
  ],
  ['pnpm, from a folder', pnpm('own@file+..+own'), /own@file\+/],
  ['pnpm, from a tarball', pnpm('own@https+++files.example+own.tgz'), /own@https/],
  ['pnpm, from Git', pnpm('own@git+https+++x.example+own.git+1f2e'), /own@git/],
  [
    'Yarn 1, from a folder',
    { ...installed, 'node_modules/.yarn-integrity': { lockfileEntries: { 'own@file:../own': '' } } },
    /file:\.\.\/own/,
  ],
  [
    'Yarn 4, from a workspace',
    {
      ...installed,
      'node_modules/.yarn-state.yml':
        '"own@workspace:packages/own":\n  locations:\n    - "node_modules/own"\n',
    },
    /workspace:packages\/own/,
  ],
  ...[
    'file:../own',
    'link:../own',
    'workspace:^',
    'portal:../own',
    'me/own',
    'github:me/own',
    'git@github.com:me/own',
    '../own',
    'https://files.example/own.tgz',
  ].map((range): [string, Record<string, unknown>, RegExp] => [
    `asked for as ${range}`,
    { ...installed, 'package.json': { dependencies: { own: range } } },
    /installed from/,
  ]),
])('a package is the application’s own: %s', (_, files, reason) => {
  const root = project(files)
  const path = join(
    root,
    Object.keys(files).find((name) => name.endsWith('a.wasm'))!,
  )
  expect(isPublic(path)).toBe(false)
  expect(privateReason(packageOf(path)!)).toMatch(reason)
})

test('a linked package is what it links to, and a file of no package is of nobody else', () => {
  const root = project({ 'own/package.json': own, 'own/a.wasm': '', 'node_modules/.keep': '', 'a.wasm': '' })
  symlinkSync(join(root, 'own'), join(root, 'node_modules/own'))
  expect(isPublic(join(root, 'node_modules/own/a.wasm'))).toBe(false)
  expect(isPublic(join(root, 'a.wasm'))).toBe(false)
  expect(isPublic(join(root, 'node_modules/none/a.wasm'))).toBe(false)
})
