import type { BuildOptions } from 'esbuild'

/** The values that the user and other plugins have given to options that this plugin sets for itself. */
export interface WantedOptions {
  write: boolean
  metafile: boolean
}

/** What esbuild does unless told otherwise; the plugin sets both options to the opposite. */
const defaults: Readonly<WantedOptions> = { write: true, metafile: false }
const names = ['write', 'metafile'] as const

const held = new WeakMap<BuildOptions, WantedOptions>()

/** Whether the options can be held: those of an object that is frozen or sealed cannot. */
export function canHoldOptions(options: BuildOptions): boolean {
  return names.every(
    (name) => Object.getOwnPropertyDescriptor(options, name)?.configurable ?? Object.isExtensible(options),
  )
}

/**
 * Makes esbuild hand over its output instead of writing it, and the metafile with it. What other plugins set these
 * options to later, in their set-up, is noted too.
 */
export function holdOptions(options: BuildOptions): WantedOptions {
  const known = held.get(options)
  if (known !== undefined) return known
  const { write = defaults.write, metafile = defaults.metafile } = options
  const wanted: WantedOptions = { write, metafile }
  for (const name of names) {
    Object.defineProperty(options, name, {
      get: () => !defaults[name],
      set(value?: boolean) {
        wanted[name] = value ?? defaults[name]
      },
      enumerable: true,
      configurable: true,
    })
  }
  held.set(options, wanted)
  return wanted
}

/** Restores the user's object once esbuild has read it: the user may build with it again. */
export function releaseOptions(options: BuildOptions): void {
  const wanted = held.get(options)
  if (wanted === undefined) return
  held.delete(options)
  for (const name of names) {
    Object.defineProperty(options, name, {
      value: wanted[name],
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
}
