export { default, type WasmCosOptions } from '@wasm-cos/vite-plugin'
