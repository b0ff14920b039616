import bun from './bun.ts'
import esbuild from './esbuild.ts'
import farm from './farm.ts'
import rolldown from './rolldown.ts'
import rollup from './rollup.ts'
import rsbuild from './rsbuild.ts'
import rspack from './rspack.ts'
import vite from './vite.ts'
import webpack from './webpack.ts'

export type { WasmCosOptions } from '@wasm-cos/core'

/** Every bundler's plugin under its name; an entry of that name (`unplugin-wasm-cos/vite`) has it alone. */
const wasmCos: {
  bun: typeof bun
  esbuild: typeof esbuild
  farm: typeof farm
  rolldown: typeof rolldown
  rollup: typeof rollup
  rsbuild: typeof rsbuild
  rspack: typeof rspack
  vite: typeof vite
  webpack: typeof webpack
} = { bun, esbuild, farm, rolldown, rollup, rsbuild, rspack, vite, webpack }

export default wasmCos
