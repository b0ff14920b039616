import type { EnvironmentOptions, UserConfig } from 'vite'
import { hasPlugin } from './has-plugin.ts'

/**
 * Has Vite copy the public folder where Nitro builds, so that scripts in it can be edited: Nitro copies it to the same place once all
 * outputs are written, but for files that are there.
 *
 * @see https://nitro.build/config#publicassets
 */
export class NitroPublicFolder {
  #isNitros = false

  /** Sees the configuration as the user has it. */
  config({ plugins = [], build, environments }: UserConfig): void {
    const own = environments?.['client']?.build?.copyPublicDir ?? build?.copyPublicDir
    this.#isNitros = own === undefined && hasPlugin(plugins, /^nitro:/)
  }

  /** What to change in the configuration of an environment. */
  configEnvironment(name: string): EnvironmentOptions | undefined {
    return this.#isNitros && name === 'client' ? { build: { copyPublicDir: true } } : undefined
  }
}
