export { default, type WasmCosOptions } from '@wasm-cos/rollup-plugin'
