import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

/**
 * Makes `import url from './x.wasm'` the URL of an emitted file, which Rollup leaves to plugins.
 *
 * @returns {import('rollup').Plugin} A plugin without options.
 */
export function emitWasm() {
  return {
    name: 'emit-wasm',
    async load(id) {
      if (!id.endsWith('.wasm')) return null
      const reference = this.emitFile({
        type: 'asset',
        name: basename(id),
        originalFileName: id,
        source: await readFile(id),
      })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}
