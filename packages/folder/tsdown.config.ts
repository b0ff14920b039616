import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'last-look': 'src/last-look/look-at-rests.ts',
    'hash-file': 'src/read/hash-file.ts',
  },
  dts: { oxc: true },
  fixedExtension: false,
})
