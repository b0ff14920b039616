import type { Plugin } from 'vite'

/** Vite's own plugins, and ours, that see files, by the hooks in which they do: none changes a wasm file. */
const own = {
  generateBundle: [
    'native:manifest-compatible',
    'vite:asset',
    'vite:build-html',
    'vite:build-import-analysis',
    'vite:css-post',
    'vite:license',
    'vite:manifest',
    'vite:reporter',
    'vite:ssr-manifest',
    'vite:worker',
    'wasm-cos',
  ],
  writeBundle: ['vite:reporter', 'wasm-cos'],
  closeBundle: ['vite:terser', 'wasm-cos'],
}

/**
 * Whether the wasm assets of an output ship as they were emitted: no plugin but these sees a file, in the bundle or once it
 * is written.
 *
 * @param plugins Of the build and of the output, as the bundler has them: others can add some while it begins. What one does that
 * Rolldown runs in other threads is not known.
 */
export function keepsAssets(plugins: readonly object[]): boolean {
  return plugins.every((plugin) => !('_parallel' in plugin) && touchesNoWasm(plugin as Plugin))
}

function touchesNoWasm(plugin: Plugin): boolean {
  return Object.entries(own).every(
    ([hook, names]) => !plugin[hook as keyof typeof own] || names.includes(plugin.name),
  )
}
