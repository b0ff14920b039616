import { createExtractorFromData } from 'node-unrar-js/esm'
import url from 'node-unrar-js/esm/js/unrar.wasm?url'

const wasmBinary = await (await fetch(url)).arrayBuffer()
const extractor = await createExtractorFromData({ wasmBinary, data: new ArrayBuffer(8) })
try {
  show([...extractor.getFileList().fileHeaders].length)
} catch ({ reason }) {
  show(reason)
}
