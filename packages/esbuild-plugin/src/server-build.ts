import { relative } from 'node:path'
import { leftAloneInWords } from '@wasm-cos/core/setup'
import type { PluginBuild } from 'esbuild'
import { warnAtEnd } from './warnings.ts'

/**
 * Warns of a build for Node that it is left as it is, if it has wasm. Under `strict`, too, this is no error: the user
 * cannot mend it.
 */
export function warnOfServerBuild(build: PluginBuild): void {
  const root = build.initialOptions.absWorkingDir ?? process.cwd()
  const names = new Set<string>()

  build.onStart(() => names.clear())

  build.onLoad({ filter: /\.wasm$/ }, ({ path }) => {
    names.add(relative(root, path))
    return undefined
  })

  build.onEnd(async (result) => {
    if (names.size === 0) return
    const reason = "is for Node, which has none (platform: 'node')"
    await warnAtEnd(build, result, [{ text: leftAloneInWords([...names].toSorted(), reason) }])
  })
}
