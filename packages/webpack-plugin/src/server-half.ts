import { isForNextServer } from './next.ts'
import { isForWeb } from './reason-to-skip.ts'
import type { Compiler } from './webpack-types.ts'

/** The folders of projects that a compiler with the plugin builds for the web, in this process. */
const projectsForWeb = new Set<string>()

/** Remembers what a compiler builds for: those of a configuration with several are all made before the first one runs. */
export function rememberProject(compiler: Compiler): void {
  compiler.hooks.initialize.tap({ name: 'wasm-cos' }, () => {
    if (isForWeb(compiler)) projectsForWeb.add(compiler.context)
  })
}

/**
 * Whether a compiler is for the server of a project that another one builds for the web: what the first emits for browsers,
 * the other emits too.
 */
export function isServerHalf(compiler: Compiler): boolean {
  return isForNextServer(compiler) || (!isForWeb(compiler) && projectsForWeb.has(compiler.context))
}
