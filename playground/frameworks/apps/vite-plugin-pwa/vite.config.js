import wasmCos from '@wasm-cos/vite-plugin'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

// Shared wasm is left out of what the service worker downloads beforehand.
export default defineConfig({
  plugins: [
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: 'inline',
      workbox: { globPatterns: ['**/*.{js,html}'] },
    }),
    wasmCos({ lookupTimeout: 60_000 }),
  ],
})
