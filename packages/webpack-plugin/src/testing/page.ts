import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Built } from './build.ts'

/** Modules for a project: each exports what a page or a worker shows in the end. */
export const helpers = {
  'show.js': `export function show(result) {
  document.querySelector('#result').textContent = String(result)
  document.documentElement.dataset.state = 'done'
}
addEventListener('unhandledrejection', ({ reason }) => {
  document.querySelector('#result').textContent = String(reason)
  document.documentElement.dataset.state = 'failed'
})
`,
  'query.js': `import initSqlJs from 'sql.js'
export async function query() {
  const locateFile = () => new URL('sql.js/dist/sql-wasm.wasm', import.meta.url).href
  const SQL = await initSqlJs({ locateFile })
  return String(new SQL.Database().exec('SELECT 6 * 7')[0].values)
}
`,
}

/** Writes the page that loads scripts one after the other. */
export async function writePage(
  { folder }: Pick<Built, 'folder'>,
  scripts: string[],
  attributes = 'defer',
): Promise<void> {
  const tags = scripts.map((script) => `<script ${attributes} src="${script}"></script>`)
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html><head><meta charset="utf-8">${tags.join('')}</head><body><pre id="result"></pre></body></html>`,
  )
}
