import { isScriptName } from '@wasm-cos/core/setup'
import type { PluginOption, UserConfig } from 'vite'
import { hasPlugin } from './has-plugin.ts'

/**
 * Keeps Astro from inlining scripts that name a wasm file: Astro takes small ones out of the bundle and puts them into its
 * pages before a plugin sees the final code. They become files instead, which pages load as modules all the same.
 *
 * @returns What to change in the configuration; nothing where Astro does not build.
 * @see https://docs.astro.build/en/guides/client-side-scripts/#script-processing
 */
export function keepAstroScripts({ plugins = [], build = {} }: UserConfig): UserConfig | undefined {
  if (!isAstro(plugins)) return undefined
  const { assetsInlineLimit } = build
  return {
    build: {
      assetsInlineLimit(path, content) {
        if (isScriptName(path) && content.includes('.wasm')) return false
        if (typeof assetsInlineLimit === 'function') return assetsInlineLimit(path, content)
        // Without an answer, Vite and Astro take their own limit.
        return assetsInlineLimit === undefined ? undefined : content.length < assetsInlineLimit
      },
    },
  }
}

/** Whether Astro builds, by its plugins. */
export function isAstro(plugins: readonly PluginOption[]): boolean {
  return hasPlugin(plugins, /^@?astro[/:]/)
}
