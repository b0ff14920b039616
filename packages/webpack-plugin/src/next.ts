import type { Compiler } from './webpack-types.ts'

/** Whether a compiler is the one that Next.js makes for what browsers get. Next.js serves its public folder past it. */
export function isForNextBrowser(compiler: Compiler): boolean {
  return isOfNext(compiler) && compiler.options.name === 'client'
}

/**
 * Whether a compiler is one of those that Next.js makes for its server. What they emit for browsers, the compiler for
 * browsers emits too, perhaps in another process.
 */
export function isForNextServer(compiler: Compiler): boolean {
  return isOfNext(compiler) && /^(edge-)?server$/.test(compiler.options.name ?? '')
}

/** Next.js gives this plugin to all of its compilers. */
function isOfNext({ options: { plugins } }: Compiler): boolean {
  return plugins.some(
    (plugin) => (plugin as object | null | undefined)?.constructor.name === 'WellKnownErrorsPlugin',
  )
}
