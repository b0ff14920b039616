import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { minify } from 'terser'
import { build } from 'vite'
import webpack from 'webpack'
import { workFolder } from '../build-cost/apps.mjs'

/** A module that exports nothing. */
const emptyWasm = Buffer.from('\0asm\x01\0\0\0', 'latin1')

/** A chunk of Vite that does nothing but load wasm with `?init`. */
export async function viteInit() {
  const folder = await writePage("import init from './empty.wasm?init'\ninit()\n")
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: `${folder}/main.js` },
    },
  })
  await rm(folder, { recursive: true })
  const outputs = /** @type {{ output: { type: string, code?: string }[] }} */ (result).output
  return outputs.find(({ type }) => type === 'chunk')?.code ?? ''
}

/** What webpack adds to its runtime where a chunk has wasm. */
export async function webpackRuntime() {
  const folder = await writePage("import('./empty.wasm')\n")
  const compiler = webpack({
    mode: 'production',
    context: folder,
    entry: './main.js',
    output: { path: `${folder}/dist`, filename: 'main.js' },
    optimization: { minimize: false },
    experiments: { asyncWebAssembly: true },
  })
  await new Promise((resolve, reject) =>
    compiler?.run((error) => (error ? reject(error) : resolve(undefined))),
  )
  const runtime = await readFile(`${folder}/dist/main.js`, 'utf8')
  await rm(folder, { recursive: true })
  const sections = runtime.replace(/^\/\*+\/\s?/gm, '').split(/^\s*\/\* webpack\/runtime\//m)
  const section = sections.find((section) => section.startsWith('wasm loading'))
  const { code } = await minify(section?.slice(section.indexOf('*/') + 2).replace(/\/\*+\/\s*$/, '') ?? '')
  return code ?? ''
}

/** @param {string} code Of its script. */
async function writePage(code) {
  const folder = `${workFolder}loader`
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/main.js`, code)
  await writeFile(`${folder}/empty.wasm`, emptyWasm)
  return folder
}
