import { defineConfig } from '@rsbuild/core'
import wasmCos from '@wasm-cos/rspack-plugin'

export default defineConfig({ tools: { rspack: { plugins: [wasmCos({ lookupTimeout: 60_000 })] } } })
