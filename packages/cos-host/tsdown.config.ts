import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig[] = defineConfig([
  {
    entry: { index: 'src/index.ts', cli: 'src/cli.ts' },
    dts: { oxc: true },
    fixedExtension: false,
    // Its reader of Public Hash Lists: the rest, with a native parser, is nothing for those who install a host.
    deps: { onlyBundle: ['@wasm-cos/core'] },
  },
  {
    // The page script: one classic script, which the host serves with its settings filled in.
    entry: { cos: 'src/page/install.ts' },
    format: 'iife',
    globalName: 'cosHostPage',
    platform: 'browser',
    target: 'es2022',
    outputOptions: { entryFileNames: 'cos.js' },
    deps: { alwaysBundle: ['@wasm-cos/runtime/method-names'] },
    dts: false,
    clean: false,
  },
])

export default config
