import node from '@astrojs/node'
import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'astro/config'

export default defineConfig({
  ...(process.env.SERVER ? { output: 'server', adapter: node({ mode: 'standalone' }) } : {}),
  vite: { plugins: [wasmCos({ lookupTimeout: 60_000 })] },
})
