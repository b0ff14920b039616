import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/setup.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
