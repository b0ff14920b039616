/** The bundlers' interfaces are alike: this is webpack's plugin, under the name that Rspack's users look for. */
export { default, WasmCosPlugin, type WasmCosOptions } from '@wasm-cos/webpack-plugin'
