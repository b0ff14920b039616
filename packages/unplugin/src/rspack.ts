export { default, type WasmCosOptions } from '@wasm-cos/rspack-plugin'
