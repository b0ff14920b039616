import wasmCos from '@wasm-cos/webpack-plugin'
import HtmlWebpackPlugin from 'html-webpack-plugin'

export default {
  mode: 'production',
  entry: './src/main.js',
  output: { clean: true, filename: '[name].[contenthash].js' },
  devtool: 'source-map',
  performance: { hints: false },
  plugins: [new HtmlWebpackPlugin({ title: 'Coffee shop' }), wasmCos({ lookupTimeout: 5000 })],
}
