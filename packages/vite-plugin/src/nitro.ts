import { resolve } from 'node:path'
import type { EnvironmentOptions, UserConfig } from 'vite'

/** What Nitro's options say of the files that it copies. */
interface NitroOptions {
  noPublicDir?: boolean
  /** Patterns of files that are not copied. */
  ignore?: string[]
  /** The folders, and the URL of each. */
  publicAssets?: { dir: string; baseURL?: string; ignore?: string[] | false }[]
}

/**
 * Has Vite copy the public folder where Nitro builds, so that scripts in it can be edited: Nitro copies it to the same place once all
 * outputs are written, but for files that are there. Where it is told to leave some out, Vite would copy too many.
 *
 * @see https://nitro.build/config#publicassets
 */
export class NitroPublicFolder {
  /** The folders of which Nitro copies all files, to where Vite would copy them. */
  #copied: string[] = []
  /** Vite's public folder, if its options leave open whether it is copied. */
  #publicDir: string | undefined

  /** The module that Nitro asks its Vite plugins for. */
  readonly module = {
    name: 'wasm-cos',
    setup: ({ options }: { options: NitroOptions }): void => {
      const { noPublicDir = false, ignore = [], publicAssets = [] } = options
      const isWhole = !noPublicDir && ignore.length === 0
      this.#copied = publicAssets
        .filter((asset) => isWhole && (asset.baseURL ?? '/') === '/' && (asset.ignore || []).length === 0)
        .map(({ dir }) => resolve(dir))
    },
  }

  /** Sees the configuration as the user has it. */
  config({ root = '', publicDir = 'public', build, environments }: UserConfig): void {
    const said = environments?.['client']?.build?.copyPublicDir ?? build?.copyPublicDir
    this.#publicDir = said === undefined && publicDir !== false ? resolve(root, publicDir) : undefined
  }

  /** What to change in the configuration of an environment. */
  configEnvironment(name: string): EnvironmentOptions | undefined {
    const isCopied = this.#publicDir !== undefined && this.#copied.includes(this.#publicDir)
    return isCopied && name === 'client' ? { build: { copyPublicDir: true } } : undefined
  }
}
