import { execFileSync } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { workFolder } from '../build-cost/apps.mjs'

/** What the applications import, besides what this package depends on. They are large, and installed on demand. */
const packages = [
  '@duckdb/duckdb-wasm@1.32.0',
  '@resvg/resvg-wasm@2.6.2',
  'maplibre-gl@5.24.1',
  'three@0.187.0',
  'web-ifc@0.0.78',
]

/** Where they are installed, with the applications below. */
const folderOfAll = `${workFolder}real/`

/** Installs what the applications import. */
export async function installPackages() {
  await mkdir(folderOfAll, { recursive: true })
  await writeFile(`${folderOfAll}package.json`, '{ "type": "module" }\n')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps']
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: folderOfAll, stdio: 'ignore' })
}

/**
 * A real application: a library, imported as its manual says.
 *
 * @typedef {object} App
 * @property {string} main The entry.
 * @property {Record<string, string>} [copies] Folders and files of node_modules in `public`, by their names there.
 */

/** @type {Record<string, App>} */
export const apps = {
  "three's DRACOLoader": {
    main: `import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js'
import * as three from 'three'
new DRACOLoader().setDecoderPath('./draco/').load('bunny.drc', (geometry) => {
  const scene = new three.Scene()
  scene.add(new three.Mesh(geometry, new three.MeshStandardMaterial()))
  new three.WebGLRenderer().render(scene, new three.PerspectiveCamera())
})
`,
    copies: { draco: 'three/examples/jsm/libs/draco' },
  },
  'duckdb-wasm': {
    main: `import * as duckdb from '@duckdb/duckdb-wasm'
import mvp from '@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm?url'
import mvpWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-mvp.worker.js?url'
import eh from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url'
const bundle = await duckdb.selectBundle({
  mvp: { mainModule: mvp, mainWorker: mvpWorker },
  eh: { mainModule: eh, mainWorker: ehWorker },
})
const db = new duckdb.AsyncDuckDB(new duckdb.ConsoleLogger(), new Worker(bundle.mainWorker))
await db.instantiate(bundle.mainModule, bundle.pthreadWorker)
console.log(await (await db.connect()).query('SELECT 42'))
`,
  },
  'web-ifc': {
    main: `import { IfcAPI } from 'web-ifc'
import url from 'web-ifc/web-ifc.wasm?url'
const api = new IfcAPI()
await api.Init(() => url)
console.log(api.GetVersion())
`,
  },
  'maplibre-gl, sql.js': {
    main: `import { Map } from 'maplibre-gl'
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js'
import url from 'sql.js/dist/sql-wasm-browser.wasm?url'
const { Database } = await initSqlJs({ locateFile: () => url })
const db = new Database()
new Map({ container: 'map', style: db.exec('SELECT 1')[0].values[0][0] })
`,
  },
  resvg: {
    main: `import { initWasm, Resvg } from '@resvg/resvg-wasm'
import url from '@resvg/resvg-wasm/index_bg.wasm?url'
await initWasm(fetch(url))
console.log(new Resvg('<svg xmlns="http://www.w3.org/2000/svg"/>').render().asPng())
`,
  },
}

/**
 * Writes an application.
 *
 * @param {string} name A key of `apps`.
 * @returns {Promise<string>} Its folder.
 */
export async function writeRealApp(name) {
  const { main, copies = {} } = /** @type {App} */ (apps[name])
  const folder = `${folderOfAll}${name.replaceAll(/\W+/g, '-')}`
  await rm(folder, { recursive: true, force: true })
  await mkdir(`${folder}/public`, { recursive: true })
  for (const [to, from] of Object.entries(copies)) {
    await cp(`${folderOfAll}node_modules/${from}`, `${folder}/public/${to}`, { recursive: true })
  }
  await writeFile(`${folder}/main.js`, main)
  await writeFile(`${folder}/index.html`, '<script type="module" src="/main.js"></script>\n')
  await writeFile(`${folder}/package.json`, '{ "type": "module" }\n')
  return folder
}
