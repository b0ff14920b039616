import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where applications and their builds are; nothing of it is kept. */
export const workFolder = fileURLToPath(new URL('../.cache/', import.meta.url))

/**
 * A library, as an application imports it.
 *
 * @typedef {object} Library
 * @property {string} glue Its script, in node_modules.
 * @property {string} wasm Its wasm, in node_modules.
 * @property {(url: string) => string} start Code that starts it, given the name of the wasm's URL.
 */

/** @type {Record<string, Library>} */
const libraries = {
  sql: {
    glue: 'sql.js/dist/sql-wasm-browser.js',
    wasm: 'sql.js/dist/sql-wasm-browser.wasm',
    start: (url) => `library.default({ locateFile: () => ${url} })`,
  },
  onnxruntime: {
    glue: 'onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
    wasm: 'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
    start: (url) => `(library.env.wasm.wasmPaths = { wasm: ${url} }, library)`,
  },
  ffmpeg: {
    glue: '@ffmpeg/core/dist/esm/ffmpeg-core.js',
    wasm: '@ffmpeg/core/dist/esm/ffmpeg-core.wasm',
    start: (url) => `library.default({ locateFile: () => ${url} })`,
  },
  canvaskit: {
    glue: 'canvaskit-wasm/bin/canvaskit.js',
    wasm: 'canvaskit-wasm/bin/canvaskit.wasm',
    start: (url) => `library.default({ locateFile: () => ${url} })`,
  },
}

/**
 * Writes an application of chunks that are loaded on demand, some of which load a library.
 *
 * @param {string} name Of its folder.
 * @param {string[]} libraryNames Keys of `libraries`.
 * @param {number} chunks How many, those with libraries included.
 * @param {string} query What the bundler wants after `.wasm` for its URL.
 * @returns {Promise<string>} The folder.
 */
export async function writeApp(name, libraryNames, chunks, query) {
  const folder = `${workFolder}${name}`
  await rm(folder, { recursive: true, force: true })
  await mkdir(`${folder}/src`, { recursive: true })
  const every = Math.floor(chunks / libraryNames.length)
  const imports = Array.from({ length: chunks }, (_, index) => `() => import('./chunk-${index}.js')`)
  const files = Array.from({ length: chunks }, (_, index) => {
    const library = libraries[libraryNames[index / every] ?? '']
    return [`chunk-${index}.js`, library === undefined ? plainChunk(index) : libraryChunk(library, query)]
  })
  files.push([
    'main.js',
    `const pages = [\n  ${imports.join(',\n  ')},\n]\nonhashchange = async () => console.log(await pages[Number(location.hash.slice(1))]())\n`,
  ])
  await Promise.all(
    files.map(([file, text]) => writeFile(`${folder}/src/${file}`, /** @type {string} */ (text))),
  )
  await writeFile(`${folder}/index.html`, '<script type="module" src="/src/main.js"></script>\n')
  await writeFile(`${folder}/package.json`, '{ "type": "module" }\n')
  return folder
}

/** @type {(library: Library, query: string) => string} */
function libraryChunk({ glue, wasm, start }, query) {
  const folder = '../../../node_modules/'
  return [
    `import * as library from '${folder}${glue}'`,
    `import url from '${folder}${wasm}${query}'`,
    `export const started = ${start('url')}`,
    '',
  ].join('\n')
}

/**
 * About 10 kB of what an application consists of.
 *
 * @param {number} index Makes it differ from the others.
 */
function plainChunk(index) {
  const functions = Array.from(
    { length: 30 },
    (_, at) => `export function render${at}(items, { label = 'page ${index}', limit = ${index + at} } = {}) {
  const rows = items.filter((item) => item.visible && item.rank < limit).map((item) => {
    const price = new Intl.NumberFormat('en', { style: 'currency', currency: item.currency }).format(item.price)
    return \`<li class="row-${index}-${at}" data-id="\${item.id}">\${label}: \${item.name} \${price}</li>\`
  })
  return rows.length === 0 ? '' : '<ul>' + rows.join('') + '</ul>'
}
`,
  )
  return functions.join('\n')
}
