import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** Where a package is installed. */
function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`))
}

const sqlJs = join(dirname(require.resolve('sql.js')))

/** A page that counts to 42 in SQLite, and says so to the harness. */
const page = (script: string) => `<!doctype html>
<html lang="en" data-state="loading"><head><meta charset="utf-8"><title>SQLite</title></head>
<body><p id="result"></p>${script}</body></html>
`
const answer = `.then((SQL) => {
  document.getElementById('result').textContent = new SQL.Database().exec('select 6 * 7')[0].values[0][0]
  document.documentElement.dataset.state = 'done'
}, (error) => {
  document.getElementById('result').textContent = String(error)
  document.documentElement.dataset.state = 'failed'
})`

/** Unmodified Emscripten glue, as UMD in a classic script; the page's own script is inline. */
export function writeUmdSite(folder: string): void {
  for (const name of ['sql-wasm.js', 'sql-wasm.wasm']) cpSync(join(sqlJs, name), join(folder, name))
  const script = `<script src="sql-wasm.js"></script><script>initSqlJs({ locateFile: (name) => name })${answer}</script>`
  writeFileSync(join(folder, 'index.html'), page(script))
}

/** The same glue as an ES module, as `-sEXPORT_ES6` has it. */
export function writeEs6Site(folder: string): void {
  cpSync(join(sqlJs, 'sql-wasm-browser.wasm'), join(folder, 'sql-wasm-browser.wasm'))
  const glue = readFileSync(join(sqlJs, 'sql-wasm-browser.js'), 'utf8')
  writeFileSync(join(folder, 'sql.mjs'), `var module, exports\n${glue}\nexport default initSqlJs\n`)
  const script = `<script type="module">import initSqlJs from './sql.mjs'
initSqlJs({ locateFile: (name) => new URL(name, import.meta.url).href })${answer}</script>`
  writeFileSync(join(folder, 'index.html'), page(script))
}

/**
 * Emscripten's glue with what `-sCROSS_ORIGIN_STORAGE` adds according to its manual: the lookup in
 * `instantiateAsync()`, and `Module['wasmHash']` for a page's own `instantiateWasm`.
 *
 * @param minify Minifies the glue, as `-O3` does.
 */
export async function writeFlaggedSite(
  folder: string,
  minify: (code: string) => Promise<string> = async (code) => code,
): Promise<void> {
  cpSync(join(sqlJs, 'sql-wasm-debug.wasm'), join(folder, 'sql-wasm-debug.wasm'))
  const wasm = readFileSync(join(folder, 'sql-wasm-debug.wasm'))
  const hash = createHash('sha256').update(wasm).digest('hex')
  const glue = readFileSync(join(sqlJs, 'sql-wasm-debug.js'), 'utf8')
  const flagged = glue
    .replace(/(async function instantiateAsync\(binary, binaryFile, imports\) \{)/, `$1${lookupOf(hash)}`)
    .replace(
      /(var info = getWasmImports\(\);)/,
      `$1\n  Module['wasmHash'] = { algorithm: 'SHA-256', value: '${hash}' };`,
    )
  if (flagged.split(hash).length !== 3)
    throw new Error('The glue of sql.js is not what this was written for.')
  writeFileSync(join(folder, 'sql.js'), await minify(flagged))
  const script = `<script src="sql.js"></script><script>
const config = { locateFile: (name) => name }
if (location.hash === '#custom') config.instantiateWasm = (imports, done) => {
  WebAssembly.instantiateStreaming(fetch('sql-wasm-debug.wasm'), imports).then(({ instance }) => done(instance))
}
initSqlJs(config)${answer}.then(() => document.body.dataset.wasmHash = config.wasmHash?.value)</script>`
  writeFileSync(join(folder, 'index.html'), page(script))
}

function lookupOf(hash: string): string {
  return `
  var hash = { algorithm: 'SHA-256', value: '${hash}' };
  if ('crossOriginStorage' in navigator) {
    try {
      var found = await navigator.crossOriginStorage.requestFileHandles([hash]);
      return WebAssembly.instantiate(await (await found[0].getFile()).arrayBuffer(), imports);
    } catch (lookupError) {
      if (lookupError.name === 'NotFoundError') {
        var downloaded = await (await fetch(binaryFile, { credentials: 'same-origin' })).arrayBuffer();
        (async () => {
          var created = await navigator.crossOriginStorage.requestFileHandles([hash], { create: true, origins: '*' });
          var writable = await created[0].createWritable();
          await writable.write(new Blob([downloaded], { type: 'application/wasm' }));
          await writable.close();
          document.body.dataset.stored = hash.value;
        })();
        return WebAssembly.instantiate(downloaded, imports);
      }
    }
  }`
}

/** wasm-bindgen's `--target web`, with the files of the package as they were published. */
export function writeBindgenSite(folder: string): void {
  const jsquash = packageFolder('@jsquash/png')
  mkdirSync(join(folder, 'pkg'))
  cpSync(join(jsquash, 'codec/pkg'), join(folder, 'pkg'), { recursive: true })
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const script = `<script type="module">import init, { decode } from './pkg/squoosh_png.js'
await init()
const { width, height } = decode(Uint8Array.from(atob('${png}'), (character) => character.charCodeAt(0)))
document.getElementById('result').textContent = width * height
document.documentElement.dataset.state = 'done'</script>`
  writeFileSync(join(folder, 'index.html'), page(script))
}
