import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ResolvedOptions, resolveOptions, type WasmCosOptions } from '@wasm-cos/core'
import { CommandError } from '../command-error.ts'

const configNames = ['js', 'mjs', 'ts', 'mts', 'json'].map((end) => `wasm-cos.config.${end}`)

/** The plugins' options as they come from the command line. */
export interface OptionFlags {
  include?: string | string[]
  exclude?: string | string[]
  origins?: string
  verify?: string
  integrity?: boolean
  lookupTimeout?: number
  minSize?: number
  manifest?: boolean | string
  strict?: boolean
  publicHashList?: string
  config?: string
}

/**
 * The options for a run: the configuration file's, and over these the command line's.
 *
 * @param root The folder in which the configuration file is.
 */
export async function readOptions(flags: OptionFlags, root: string): Promise<ResolvedOptions> {
  return resolveOptions({ ...(await readConfig(flags.config, root)), ...optionsOf(flags) })
}

async function readConfig(given: string | undefined, root: string): Promise<WasmCosOptions> {
  const path = given === undefined ? findConfig(root) : resolve(given)
  if (path === undefined) return {}
  if (!existsSync(path)) throw new CommandError(`There is no configuration file ${path}.`)
  try {
    const { createJiti } = await import('jiti')
    return await createJiti(import.meta.url).import<WasmCosOptions>(path, { default: true })
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`)
  }
}

function findConfig(root: string): string | undefined {
  return configNames.map((name) => join(root, name)).find((path) => existsSync(path))
}

function optionsOf(flags: OptionFlags): WasmCosOptions {
  const {
    include,
    exclude,
    origins,
    verify,
    integrity,
    lookupTimeout,
    minSize,
    manifest,
    strict,
    publicHashList,
  } = flags
  const options = {
    include,
    exclude,
    origins: origins === undefined ? undefined : originsOf(origins),
    verify: verify === undefined ? undefined : verifyOf(verify),
    integrity,
    lookupTimeout,
    minSize,
    manifest: manifest === 'true' ? true : manifest,
    strict,
    publicHashList,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function originsOf(text: string): NonNullable<WasmCosOptions['origins']> {
  if (text === 'auto' || text === '*') return text
  return text === 'same-site' ? [] : text.split(',').map((origin) => origin.trim())
}

function verifyOf(text: string): NonNullable<WasmCosOptions['verify']> {
  if (text === 'auto') return text
  if (text === 'true' || text === 'false') return text === 'true'
  throw new CommandError(`--verify is '${text}': use auto, true or false.`)
}
