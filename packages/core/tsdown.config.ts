import { defineConfig } from 'tsdown'

/**
 * Small libraries that every build needs: as files of their own, Node takes longer to find them than to run them.
 * The parser is native, and what only some builds need is loaded by these.
 */
const bundled = ['@jridgewell/sourcemap-codec', 'magic-string', 'oxc-walker', '@oxc-project/types']

export default defineConfig({
  entry: ['src/index.ts', 'src/setup.ts'],
  dts: { oxc: true },
  fixedExtension: false,
  deps: { onlyBundle: bundled },
})
