import type { BuildOptions } from 'esbuild'

/** What the user and the other plugins want, of the options that this plugin sets for itself. */
export interface WantedOptions {
  write: boolean
  metafile: boolean
}

const held = new WeakMap<BuildOptions, WantedOptions>()

/**
 * Makes esbuild hand over its output instead of writing it, and the metafile with it. What other plugins ask of these
 * options later, in their set-up, is taken down too.
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

/** Gives the user's object back as it was, once esbuild has read it: it may serve the next build. */
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
