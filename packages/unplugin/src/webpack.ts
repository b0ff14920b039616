export { default, type WasmCosOptions } from '@wasm-cos/webpack-plugin'
