import { defineConfig } from '@rspack/cli'
import { HtmlRspackPlugin } from '@rspack/core'

export default defineConfig({
  mode: 'production',
  entry: './src/main.js',
  output: { clean: true, filename: '[name].[contenthash].js' },
  devtool: 'source-map',
  performance: { hints: false },
  plugins: [new HtmlRspackPlugin({ title: 'Coffee shop' })],
})
