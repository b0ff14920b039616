import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/{vite,rollup,rolldown,webpack,rspack,rsbuild,esbuild,farm,bun}.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
