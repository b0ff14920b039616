import type { BuildOptions } from 'esbuild'

/** The values that the user and other plugins have given to options that this plugin sets for itself. */
export interface WantedOptions {
  write: boolean
  metafile: boolean
}

const held = new WeakMap<BuildOptions, WantedOptions>()

/**
 * Makes esbuild hand over its output instead of writing it, and the metafile with it. What other plugins set these
 * options to later, in their set-up, is noted too.
 */
export function holdOptions(options: BuildOptions): WantedOptions {
  const known = held.get(options)
  if (known !== undefined) return known
  const wanted: WantedOptions = { write: options.write ?? true, metafile: options.metafile ?? false }
  Object.defineProperties(options, {
    write: {
      get: () => false,
      set(value?: boolean) {
        wanted.write = value ?? true
      },
      enumerable: true,
      configurable: true,
    },
    metafile: {
      get: () => true,
      set(value?: boolean) {
        wanted.metafile = value ?? false
      },
      enumerable: true,
      configurable: true,
    },
  })
  held.set(options, wanted)
  return wanted
}

/** Restores the user's object once esbuild has read it: the user may build with it again. */
export function releaseOptions(options: BuildOptions): void {
  const wanted = held.get(options)
  if (wanted === undefined) return
  held.delete(options)
  for (const name of ['write', 'metafile'] as const) {
    Object.defineProperty(options, name, {
      value: wanted[name],
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
}
