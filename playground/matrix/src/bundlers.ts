import type { Bundler } from './bundler.ts'
import { bun } from './bundlers/bun.ts'
import { esbuild } from './bundlers/esbuild.ts'
import { farm } from './bundlers/farm.ts'
import { rolldown } from './bundlers/rolldown.ts'
import { rollup } from './bundlers/rollup.ts'
import { rspack1, rspack2 } from './bundlers/rspack.ts'
import { vite6, vite7, vite8 } from './bundlers/vite.ts'
import { webpack } from './bundlers/webpack.ts'

/** The bundlers that have a package of their own: all tests of the matrix run with these. */
export const bundlers: Bundler[] = [vite8, vite7, vite6, rollup, rolldown, webpack, rspack2, rspack1, esbuild]

/** The columns of the matrix: those, and the bundlers that `unplugin-wasm-cos` alone has an entry for. */
export const columns: Bundler[] = [...bundlers, farm, bun]
