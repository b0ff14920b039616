import type { Environment, Plugin } from 'vite'

/** Those of Vite's own plugins, and of ours, that see the output: none of them changes a wasm file. */
const own = new Set([
  'native:manifest-compatible',
  'vite:asset',
  'vite:build-html',
  'vite:build-import-analysis',
  'vite:css-post',
  'vite:license',
  'vite:manifest',
  'vite:reporter',
  'vite:ssr-manifest',
  'vite:terser',
  'vite:worker',
  'wasm-cos',
])

/** Whether the wasm assets of a build ship as they were emitted: no other plugin sees the output, before or after it is written. */
export function keepsAssets({ config, plugins }: Pick<Environment, 'config' | 'plugins'>): boolean {
  const { output } = config.build.rollupOptions
  const ofOutput = [output].flat().some((one) => [one?.plugins].flat().some(Boolean))
  return !ofOutput && plugins.every((plugin) => own.has(plugin.name) || !seesOutput(plugin))
}

function seesOutput({ generateBundle, writeBundle, closeBundle }: Plugin): boolean {
  return Boolean(generateBundle ?? writeBundle ?? closeBundle)
}
