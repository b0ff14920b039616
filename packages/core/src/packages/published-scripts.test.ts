import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedScripts } from './published-scripts.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wasm-cos-published-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

let count = 0
async function scriptsOf(manifest: object, fileNames: string[]): Promise<string[] | undefined> {
  const folder = join(root, String(count++))
  await mkdir(join(folder, 'dist'), { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  // It only says that these are modules.
  await writeFile(join(folder, 'dist/package.json'), '{ "type": "module" }')
  return publishedScripts(join(folder, 'dist'), fileNames)?.scripts
}

const both = ['index.js', 'chunk-x.js']

test.each<[string, object, string[] | undefined]>([
  ['exports', { exports: './dist/index.js' }, ['index.js']],
  [
    'conditions',
    { exports: { '.': { import: './dist/index.js', require: './dist/index.cjs' } } },
    ['index.js'],
  ],
  ['a pattern', { exports: { './*': './dist/*.js' } }, both],
  ['module', { module: 'dist/index.js' }, ['index.js']],
  ['main without an ending', { main: 'dist/index' }, ['index.js']],
  ['main that is a folder', { main: './dist/' }, ['index.js']],
  ['a pattern for all that there is', { exports: { './*': './*' } }, undefined],
  ["Electron's", { main: 'dist/index.js', devDependencies: { electron: '40' } }, undefined],
  ["an editor's", { main: 'dist/index.js', engines: { vscode: '^1.90.0' } }, undefined],
  ['another file', { main: 'index.js' }, undefined],
  ['types only', { exports: { '.': { types: './dist/index.d.ts' } } }, undefined],
  ['a private package', { private: true, main: 'dist/index.js' }, undefined],
  ['no entry points', {}, undefined],
])('%s of a package.json', async (_, manifest, expected) => {
  expect(await scriptsOf({ name: 'package', ...manifest }, both)).toEqual(expected)
})
