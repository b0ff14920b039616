import { defineConfig, type UserConfig } from 'tsdown'

/**
 * What every build needs and is small: as files of their own, Node takes longer to find them than to run them. The parser
 * is native, and what only some builds need is loaded by these.
 */
const bundled = ['@wasm-cos/runtime', '@jridgewell/sourcemap-codec', 'oxc-walker', '@oxc-project/types']

const config: UserConfig[] = defineConfig([
  {
    entry: ['src/index.ts', 'src/setup.ts'],
    dts: { oxc: true },
    fixedExtension: false,
    deps: { onlyBundle: bundled, alwaysBundle: ['@wasm-cos/runtime/method-names', '@wasm-cos/runtime/stub'] },
    // What the entries share is in one of them, for the same reason.
    inputOptions: { preserveEntrySignatures: 'allow-extension' },
  },
  // By itself: for who reads lists and builds nothing.
  { entry: ['src/hash-list.ts'], dts: { oxc: true }, fixedExtension: false, clean: false },
])

export default config
