import type { Bundler } from './bundler.ts'
import { esbuild } from './bundlers/esbuild.ts'
import { rolldown } from './bundlers/rolldown.ts'
import { rollup } from './bundlers/rollup.ts'
import { rspack1, rspack2 } from './bundlers/rspack.ts'
import { vite6, vite7, vite8 } from './bundlers/vite.ts'
import { webpack } from './bundlers/webpack.ts'

/** The columns of the matrix. */
export const bundlers: Bundler[] = [vite8, vite7, vite6, rollup, rolldown, webpack, rspack2, rspack1, esbuild]
