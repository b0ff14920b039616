import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bundler, BuildRequest } from './bundler.ts'
import type { Cell } from './table.ts'
import { makeWasm } from './wasm.ts'

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

/**
 * Copies a loading style to a folder of its own and adds what it uses: `show.js`, the wasm module `answer.wasm`, and
 * `sql-wasm-url.js`, which exports the URL of sql.js's wasm in the bundler's own way.
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
  await writeFile(join(folder, 'sql-wasm-url.js'), bundler.urlModule('sql.js/dist/sql-wasm.wasm', folder))
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
  await writePage(outDir)
  return outDir
}

/** Writes the page that loads a build's entry. */
export async function writePage(outDir: string, type: 'module' | 'classic' = 'module'): Promise<void> {
  const entry = (await readdir(outDir)).find((name) => /^main\b.*\.js$/.test(name))
  if (entry === undefined) throw new Error(`${outDir} has no main-*.js`)
  const script =
    type === 'module' ? `<script type="module" src="./${entry}">` : `<script defer src="./${entry}">`
  await writeFile(
    join(outDir, 'index.html'),
    `<!doctype html><html><head><meta charset="utf-8">${script}</script></head><body><pre id="result"></pre></body></html>`,
  )
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/\W+/g, '-')
}
