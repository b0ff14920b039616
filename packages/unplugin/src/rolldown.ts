/** Rolldown runs Rollup's hooks. */
export { default, type WasmCosOptions } from '@wasm-cos/rollup-plugin'
