import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/nuxt.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
