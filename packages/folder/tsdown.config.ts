import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'beside-bundle': 'src/beside-bundle/finish-outputs.ts',
    'hash-file': 'src/read/hash-file.ts',
  },
  dts: { oxc: true },
  // As files of their own, Node takes longer to find them than to run them.
  deps: { onlyBundle: ['parse5', 'entities'] },
  fixedExtension: false,
})
