import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/method-names.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
