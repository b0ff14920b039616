export default defineNuxtConfig({
  telemetry: false,
  modules: [['@wasm-cos/vite-plugin/nuxt', { lookupTimeout: 60_000 }]],
})
