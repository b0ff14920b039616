import { onTestFinished } from 'vitest'
import { type BuildOptions, type Built, configure, listen, readBuilt } from './build.ts'
import type { Bundler } from './bundlers.ts'

/**
 * Builds a project now and whenever it changes, until the test ends.
 *
 * @returns Waits for a build that has what is awaited; the bundlers may build more often than something changed.
 */
export function watch(
  bundler: Bundler,
  project: string,
  request: BuildOptions,
): (isAwaited: (built: Built) => boolean) => Promise<Built> {
  const compiler = bundler.createCompiler(configure(project, request))
  const printed = listen(compiler)
  const builds: Promise<Built>[] = []
  let announce = () => {}
  const watching = compiler.watch({ aggregateTimeout: 20 }, (error, stats) => {
    builds.push(stats ? readBuilt(compiler, stats, printed) : Promise.reject(error))
    announce()
  })
  onTestFinished(() => new Promise<void>((resolve) => watching!.close(() => resolve())))

  return async (isAwaited) => {
    for (;;) {
      while (builds.length === 0) await new Promise<void>((resolve) => (announce = resolve))
      const built = await builds.shift()!
      if (isAwaited(built)) return built
    }
  }
}
