import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { page, script } from '../browser/visitor.mjs'

/** @typedef {import('../modules.mjs').WasmModule} WasmModule */

/**
 * The page of a module.
 *
 * @param {WasmModule} module Which.
 * @param {boolean} hasCos Whether it has Cross-Origin Storage.
 * @param {string} shelf Which files that has.
 */
export function pathOf(module, hasCos, shelf) {
  return `${pageOf(module, hasCos)}?shelf=${shelf}`
}

/**
 * What the pages consist of.
 *
 * @param {WasmModule[]} modules What they load.
 * @returns {Record<string, import('../browser/server.mjs').Resource>} By path.
 */
export function resourcesOf(modules) {
  const own = ['page.js', 'first-calls.js'].map((name) => [
    `/load-time/${name}`,
    script(new URL(name, import.meta.url)),
  ])
  const perModule = modules.flatMap((module) => {
    const { fileName, bytes, glue } = module
    const glueUrl = glue === undefined ? [] : [`/${basename(glue)}`]
    return [
      [pageOf(module, false), page(glueUrl, '/load-time/page.js')],
      [pageOf(module, true), page([...glueUrl, '/browser/opfs-cos.js'], '/load-time/page.js')],
      [`/${fileName}`, { type: 'application/wasm', body: bytes, isShaped: true }],
      ...(glue === undefined ? [] : [[`/${basename(glue)}`, script(pathToFileURL(glue))]]),
    ]
  })
  return Object.fromEntries([...own, ...perModule])
}

/** @type {(module: WasmModule, hasCos: boolean) => string} */
function pageOf({ fileName }, hasCos) {
  return `/${fileName}${hasCos ? '.cos' : ''}.html`
}
