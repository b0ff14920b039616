import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/rsbuild.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
