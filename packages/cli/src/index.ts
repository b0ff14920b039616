export type { WasmCosOptions } from '@wasm-cos/core'
