import { minifiedHere } from '@wasm-cos/harness/webpack'
import wasmCos from '@wasm-cos/webpack-plugin'
import CopyPlugin from 'copy-webpack-plugin'
import startWebpack from 'webpack'
import type { Bundler } from '../bundler.ts'
import { createWebpackLike } from './webpack-like.ts'

export const webpack: Bundler = createWebpackLike('webpack 5', {
  createCompiler: (configuration) => startWebpack(minifiedHere(configuration))!,
  plugin: wasmCos,
  copy: (from) => new CopyPlugin({ patterns: [{ from }] }),
})
