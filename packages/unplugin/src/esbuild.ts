export { default, type WasmCosOptions } from '@wasm-cos/esbuild-plugin'
