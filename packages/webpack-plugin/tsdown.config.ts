import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/explicit-import-loader.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
