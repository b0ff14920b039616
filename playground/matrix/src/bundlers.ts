import type { Bundler } from './bundler.ts'
import { rolldown } from './bundlers/rolldown.ts'
import { rollup } from './bundlers/rollup.ts'
import { vite7, vite8 } from './bundlers/vite.ts'

/** The columns of the matrix. */
export const bundlers: Bundler[] = [vite8, vite7, rollup, rolldown]
