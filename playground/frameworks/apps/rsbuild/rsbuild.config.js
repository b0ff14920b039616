import { defineConfig } from '@rsbuild/core'
import wasmCos from '@wasm-cos/rspack-plugin/rsbuild'

export default defineConfig({ plugins: [wasmCos({ lookupTimeout: 60_000 })] })
