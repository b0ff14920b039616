import type { PluginOption } from 'vite'

/** Whether one of the plugins has such a name: frameworks are told by theirs. */
export function hasPlugin(plugins: readonly PluginOption[], name: RegExp): boolean {
  return plugins
    .flat(Infinity as 1)
    .some(
      (plugin) => typeof plugin === 'object' && plugin !== null && 'name' in plugin && name.test(plugin.name),
    )
}
