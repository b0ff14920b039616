import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/cli.ts', 'src/index.ts', 'src/hash-file.ts'],
  dts: { oxc: true },
  fixedExtension: false,
})
