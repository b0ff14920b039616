import * as version2 from '@rspack/core'
import wasmCos from '@wasm-cos/rspack-plugin'
import * as version1 from 'rspack1'
import type { WebpackPluginInstance } from 'webpack'
import type { Bundler } from '../bundler.ts'
import { createWebpackLike, type WebpackLike } from './webpack-like.ts'

function createRspack(name: string, { rspack }: typeof version2): Bundler {
  return createWebpackLike(name, {
    createCompiler: rspack as unknown as WebpackLike['createCompiler'],
    plugin: wasmCos,
    copy: (from) => new rspack.CopyRspackPlugin({ patterns: [{ from }] }) as unknown as WebpackPluginInstance,
  })
}

export const rspack2: Bundler = createRspack('Rspack 2', version2)
export const rspack1: Bundler = createRspack('Rspack 1', version1 as unknown as typeof version2)
