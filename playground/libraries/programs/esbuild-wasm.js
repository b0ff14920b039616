import * as esbuild from 'esbuild-wasm'
import wasmURL from 'esbuild-wasm/esbuild.wasm?url'

await esbuild.initialize({ wasmURL })
const { code } = await esbuild.transform('show(6 * 7)', { minify: true })
show(code.trim())
