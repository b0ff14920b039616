import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [wasmCos({ lookupTimeout: 5000 })],
})
