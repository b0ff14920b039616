import * as current from 'esbuild'
import * as oldest from 'esbuild025'

/** The versions that the plugin is tested with. */
export const esbuilds: [name: string, esbuild: typeof current][] = [
  [`esbuild ${current.version}`, current],
  [`esbuild ${oldest.version}`, oldest as unknown as typeof current],
]
