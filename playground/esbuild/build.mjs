import { rm } from 'node:fs/promises'
import wasmCos from '@wasm-cos/esbuild-plugin'
import { build } from 'esbuild'

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/main.js', 'src/index.html'],
  outdir: 'dist',
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  loader: { '.wasm': 'file', '.html': 'copy' },
  plugins: [wasmCos({ lookupTimeout: 5000 })],
})
