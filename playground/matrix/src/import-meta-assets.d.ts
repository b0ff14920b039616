// The package's "exports" hide its types.
declare module '@web/rollup-plugin-import-meta-assets' {
  import type { Plugin } from 'rollup'

  export function importMetaAssets(options?: { exclude?: string[] }): Plugin
}
