import wasmCos from '@wasm-cos/vite-plugin'

export default defineNuxtConfig({
  telemetry: false,
  vite: { plugins: [wasmCos({ lookupTimeout: 60_000 })] },
})
