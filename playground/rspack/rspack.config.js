import { defineConfig } from '@rspack/cli'
import { HtmlRspackPlugin } from '@rspack/core'
import wasmCos from '@wasm-cos/rspack-plugin'

export default defineConfig({
  mode: 'production',
  entry: './src/main.js',
  output: { clean: true, filename: '[name].[contenthash].js' },
  devtool: 'source-map',
  performance: { hints: false },
  plugins: [new HtmlRspackPlugin({ title: 'Coffee shop' }), wasmCos({ lookupTimeout: 5000 })],
})
