import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts', 'src/bundle-plugin.ts', 'src/explicit-import.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
