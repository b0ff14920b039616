import { fileURLToPath } from 'node:url'
import type { Compiler } from './webpack-types.ts'

/**
 * Makes `import init from './x.wasm?cos'` work. The rules come after the user's: whatever these make of wasm, this import
 * is a script, and the file that it names by `new URL()` is emitted. They also come after the bundler has completed its options,
 * which it does between `apply()` and `environment`, unless the plugin is applied later: webpack (since 5.110) imports wasm only
 * where there is no rule for it by then.
 */
export function addExplicitImports({ hooks, options }: Compiler): void {
  if (options.module.defaultRules === undefined) {
    hooks.environment.tap({ name: 'wasm-cos' }, () => addRules(options))
  } else addRules(options)
}

function addRules(options: Compiler['options']): void {
  // Next.js asks for URLs without an origin, so that its server renders what the browser has.
  const isRelative = options.module.parser?.javascript?.url === 'relative'
  options.module.rules.push(
    {
      test: /\.wasm$/,
      resourceQuery: /^\?cos$/,
      type: 'javascript/esm',
      parser: { url: isRelative ? 'relative' : true },
      sideEffects: false,
      // Its pitch comes first, and no other loader sees the file.
      enforce: 'post',
      loader: fileURLToPath(new URL('./explicit-import-loader.js', import.meta.url)),
    },
    { test: /\.wasm$/, issuer: /\.wasm$/, dependency: 'url', type: 'asset/resource' },
  )
}
