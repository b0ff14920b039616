import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'beside-bundle': 'src/beside-bundle/finish-outputs.ts',
    'hash-file': 'src/read/hash-file.ts',
  },
  dts: { oxc: true },
  fixedExtension: false,
})
