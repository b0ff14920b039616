import html from '@rollup/plugin-html'
import wasmCos from '@wasm-cos/rollup-plugin'
import { defineConfig } from 'rolldown'

export default defineConfig({
  input: 'src/main.js',
  platform: 'browser',
  moduleTypes: { '.wasm': 'asset' },
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'es',
    entryFileNames: '[name]-[hash].js',
    minify: true,
    sourcemap: true,
  },
  plugins: [html({ title: 'Coffee shop' }), wasmCos({ lookupTimeout: 5000 })],
})
