import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publicFolderOf } from './app-files.ts'
import type { Bundler, BuildRequest } from './bundler.ts'
import { scriptElement, writeHtml } from './page.ts'
import type { Cell } from './table.ts'
import { makeWasm } from '@wasm-cos/harness'

const root = join(import.meta.dirname, '..')

/** What every application under test has beside its own files. */
const show = `export function show(result) {
  document.querySelector('#result').textContent = String(result)
  document.documentElement.dataset.state = 'done'
}
addEventListener('unhandledrejection', ({ reason }) => {
  document.querySelector('#result').textContent = String(reason)
  document.documentElement.dataset.state = 'failed'
})
`

/** The URLs that applications import, by the name of the module that exports them in the bundler's own way. */
const urls = {
  'answer-url.js': './answer.wasm',
  'canvaskit-url.js': 'canvaskit-wasm/bin/canvaskit.wasm',
  'sql-wasm-url.js': 'sql.js/dist/sql-wasm.wasm',
}

/**
 * Copies a loading style to a folder of its own and adds what it may use: `show.js`, the wasm module `answer.wasm`
 * (among the public files, too, if it has some), and modules such as `sql-wasm-url.js`.
 *
 * @returns The folder; below the workspace, so that packages resolve.
 */
export async function prepareApp(style: string, bundler: Bundler, label = 'app'): Promise<string> {
  const folder = join(root, '.cache', slug(bundler.name), style, label)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await cp(join(root, 'src/styles', style), folder, { recursive: true })
  await writeFile(join(folder, 'show.js'), show)
  await writeFile(join(folder, 'answer.wasm'), makeWasm(42))
  const publicFolder = publicFolderOf(folder)
  if (publicFolder !== undefined) await writeFile(join(publicFolder, 'answer.wasm'), makeWasm(42))
  for (const [name, specifier] of Object.entries(urls)) {
    await writeFile(join(folder, name), bundler.urlModule(specifier, folder))
  }
  return folder
}

/** Builds a cell of the matrix, with the page that loads it. */
export async function buildCell(
  { bundler, style }: Cell,
  options?: BuildRequest['options'],
): Promise<string> {
  const app = await prepareApp(style.name, bundler)
  const outDir = join(app, 'dist')
  await bundler.build({ app, outDir, ...(options !== undefined && { options }) })
  await writePage(outDir, bundler.page)
  return outDir
}

/** Writes the page that loads a build's entry. */
export async function writePage(outDir: string, type: Bundler['page']): Promise<void> {
  await writeHtml(outDir, scriptElement(type, await entryOf(outDir)))
}

/** The name of what a bundler made of `main.js`. */
export async function entryOf(outDir: string): Promise<string> {
  const entry = (await readdir(outDir)).find((name) => /^main\b.*\.[cm]?js$/.test(name))
  if (entry === undefined) throw new Error(`${outDir} has no main-*.js`)
  return entry
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/\W+/g, '-')
}
