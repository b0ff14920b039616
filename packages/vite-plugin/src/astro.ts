import type { Plugin, PluginOption, UserConfig } from 'vite'

/** What Astro and Vite inline if nobody says otherwise, in bytes. @see https://vite.dev/config/build-options#build-assetsinlinelimit */
const defaultLimit = 4096

/**
 * Keeps Astro from inlining scripts that name a wasm file: Astro takes small ones out of the bundle and puts them into its
 * pages before a plugin sees the final code. They become files instead, which pages load as modules all the same.
 *
 * @returns What to change in the configuration; nothing where Astro does not build.
 * @see https://docs.astro.build/en/guides/client-side-scripts/#script-processing
 */
export function keepAstroScripts({ plugins = [], build = {} }: UserConfig): UserConfig | undefined {
  if (!isAstro(plugins)) return undefined
  const { assetsInlineLimit = defaultLimit } = build
  return {
    build: {
      assetsInlineLimit(path, content) {
        if (/\.[cm]?js$/.test(path) && content.includes('.wasm')) return false
        return typeof assetsInlineLimit === 'function'
          ? assetsInlineLimit(path, content)
          : content.length < assetsInlineLimit
      },
    },
  }
}

/** Whether Astro builds, by its plugins. */
export function isAstro(plugins: readonly PluginOption[]): boolean {
  return plugins
    .flat(Infinity as 1)
    .some(
      (plugin) =>
        typeof plugin === 'object' && plugin !== null && /^@?astro[/:]/.test((plugin as Plugin).name),
    )
}
