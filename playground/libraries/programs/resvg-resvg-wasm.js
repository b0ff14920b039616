import { initWasm, Resvg } from '@resvg/resvg-wasm'
import url from '@resvg/resvg-wasm/index_bg.wasm?url'

await initWasm(fetch(url))
const { width, height } = new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="6" height="7"/>').render()
show(`${width}x${height}`)
