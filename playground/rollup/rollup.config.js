import commonjs from '@rollup/plugin-commonjs'
import html from '@rollup/plugin-html'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import wasmCos from '@wasm-cos/rollup-plugin'
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets'
import del from 'rollup-plugin-delete'

export default {
  input: 'src/main.js',
  output: { dir: 'dist', format: 'es', entryFileNames: '[name]-[hash].js', sourcemap: true },
  plugins: [
    del({ targets: 'dist/*' }),
    nodeResolve({ browser: true }),
    commonjs(),
    importMetaAssets(),
    terser(),
    html({ title: 'Coffee shop' }),
    wasmCos({ lookupTimeout: 5000 }),
  ],
}
