import { rspack } from '@rspack/core'
import { rspack as rspack1 } from 'rspack1'
import { expect, test } from 'vitest'
import wasmCos, { WasmCosPlugin } from './index.ts'

// That these calls type-check is what is tested.
test.each([
  ['Rspack 2', () => rspack({ plugins: [wasmCos(), new WasmCosPlugin()] })],
  ['Rspack 1', () => rspack1({ plugins: [wasmCos(), new WasmCosPlugin()] })],
])('the plugin and the class fit the types of %s', (_, create) => {
  expect(create().options.plugins).toEqual([expect.any(WasmCosPlugin), expect.any(WasmCosPlugin)])
})
