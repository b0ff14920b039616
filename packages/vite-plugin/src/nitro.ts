import type { EnvironmentOptions, UserConfig } from 'vite'

/** What Nitro's options say of the files that it copies. */
interface NitroOptions {
  noPublicDir?: boolean
  /** Patterns of files that are not copied, of all folders and of one. */
  ignore?: string[]
  publicAssets?: { ignore?: string[] | false }[]
}

/**
 * Has Vite copy the public folder where Nitro builds, so that scripts in it can be edited: Nitro copies it to the same place once all
 * outputs are written, but for files that are there. Where it is told to leave some out, Vite would copy too many.
 *
 * @see https://nitro.build/config#publicassets
 */
export class NitroPublicFolder {
  #isNitros = false
  #isOwn = false

  /** The module that Nitro asks its Vite plugins for. */
  readonly module = {
    name: 'wasm-cos',
    setup: ({ options }: { options: NitroOptions }): void => {
      const { noPublicDir = false, ignore = [], publicAssets = [] } = options
      const ignored = [ignore, ...publicAssets.map((asset) => asset.ignore || [])].flat()
      this.#isNitros = !noPublicDir && ignored.length === 0
    },
  }

  /** Sees the configuration as the user has it. */
  config({ build, environments }: UserConfig): void {
    this.#isOwn = (environments?.['client']?.build?.copyPublicDir ?? build?.copyPublicDir) !== undefined
  }

  /** What to change in the configuration of an environment. */
  configEnvironment(name: string): EnvironmentOptions | undefined {
    return this.#isNitros && !this.#isOwn && name === 'client'
      ? { build: { copyPublicDir: true } }
      : undefined
  }
}
