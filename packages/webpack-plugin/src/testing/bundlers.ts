import { rspack } from '@rspack/core'
import { minifiedHere } from '@wasm-cos/harness/webpack'
import CopyPlugin from 'copy-webpack-plugin'
import HtmlPlugin from 'html-webpack-plugin'
import { rspack as rspack1 } from 'rspack1'
import webpack from 'webpack'
import { SubresourceIntegrityPlugin } from 'webpack-subresource-integrity'

/** webpack's configuration and compiler stand for all: the tests use what they have in common. */
export type Configuration = webpack.Configuration
export type Compiler = webpack.Compiler
type Plugin = webpack.WebpackPluginInstance

/** A bundler at one major version. */
export interface Bundler {
  name: string
  createCompiler: (configuration: Configuration) => Compiler
  /** Whether the same code is always minified to the same; Rspack 1 by itself picks other names at times. */
  isReproducible: boolean
  /** The part of `configuration` that keeps a cache in a folder. */
  cacheIn: (folder: string) => Configuration
  /** Copies a folder into the output. */
  copy: (from: string, to: string) => Plugin
  /** Writes `index.html` with Subresource Integrity for its scripts. */
  htmlWithIntegrity: () => Plugin[]
}

type CreateCompiler = Bundler['createCompiler']

const cacheDirectory = (folder: string) => ({ type: 'filesystem' as const, cacheDirectory: folder })
const storage = (folder: string) => ({
  type: 'persistent',
  storage: { type: 'filesystem', directory: folder },
})

/** Every bundler that the plugin is for. */
export const bundlers: Bundler[] = [
  {
    name: 'webpack 5',
    createCompiler: (configuration) => webpack(minifiedHere(configuration))!,
    isReproducible: true,
    cacheIn: (folder) => ({ cache: cacheDirectory(folder) }),
    copy: (from, to) => new CopyPlugin({ patterns: [{ from, to }] }),
    htmlWithIntegrity: () => [new HtmlPlugin(), new SubresourceIntegrityPlugin()],
  },
  {
    name: 'Rspack 2',
    createCompiler: rspack as unknown as CreateCompiler,
    isReproducible: true,
    cacheIn: (folder) => ({ cache: storage(folder) }) as object,
    copy: (from, to) => new rspack.CopyRspackPlugin({ patterns: [{ from, to }] }) as unknown as Plugin,
    htmlWithIntegrity: () =>
      [new rspack.HtmlRspackPlugin(), new rspack.SubresourceIntegrityPlugin()] as unknown as Plugin[],
  },
  {
    name: 'Rspack 1',
    createCompiler: rspack1 as unknown as CreateCompiler,
    isReproducible: false,
    cacheIn: (folder) => ({ cache: true, experiments: { cache: storage(folder) } }) as object,
    copy: (from, to) => new rspack1.CopyRspackPlugin({ patterns: [{ from, to }] }) as unknown as Plugin,
    htmlWithIntegrity: () =>
      [new rspack1.HtmlRspackPlugin(), new rspack1.SubresourceIntegrityPlugin()] as unknown as Plugin[],
  },
]
