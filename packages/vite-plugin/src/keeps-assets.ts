import type { Environment } from 'vite'

/** Those of Vite's own plugins, and of ours, that see the output: none of them changes an asset that is wasm. */
const own = new Set([
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
])

/** Whether the wasm assets of a build hold what they were emitted with: no other plugin sees the output before it is written. */
export function keepsAssets({ config, plugins }: Pick<Environment, 'config' | 'plugins'>): boolean {
  const { output } = config.build.rollupOptions
  const ofOutput = [output].flat().some((one) => [one?.plugins].flat().some(Boolean))
  return !ofOutput && plugins.every(({ name, generateBundle }) => !generateBundle || own.has(name))
}
