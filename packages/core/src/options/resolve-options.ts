import { posix, resolve } from 'node:path'
import { HashListError, withList } from '../hash-list/list-file.ts'
import { checkOrigins } from './check-origins.ts'
import type { FilterPattern, OriginsFile, WasmCosOptions } from './options.ts'
import { OptionError } from './option-error.ts'
import type { OriginsOption } from './origins.ts'

/** Options with every default filled in. */
export interface ResolvedOptions {
  /** The option as it was given: where it was, a warning says if it matches nothing. */
  include: FilterPattern | undefined
  exclude: FilterPattern | undefined
  originsOf: (file: OriginsFile) => OriginsOption
  verify: 'auto' | boolean
  integrity: boolean
  lookupTimeout: number
  minSize: number
  /** Whether nobody bundles an output again that looks like a library. */
  final: boolean
  /** File name of the manifest. */
  manifest: string | undefined
  strict: boolean
  /** The absolute path of the Public Hash List, and which of its sections count. */
  publicHashList: { path: string; huggingFace: boolean } | undefined
  /** The options as text: what they make of the same files changes with it. */
  text: string
}

const defaultManifest = 'wasm-cos.manifest.json'

const known = [
  'include',
  'exclude',
  'origins',
  'verify',
  'integrity',
  'lookupTimeout',
  'minSize',
  'final',
  'manifest',
  'strict',
  'publicHashList',
]

/**
 * Checks options and fills in the defaults.
 *
 * @throws {OptionError} For an unknown option or a bad value; the message names the option, the value and the fix.
 */
export function resolveOptions(options: WasmCosOptions = {}): ResolvedOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptionError(
      'options',
      options,
      "pass an object such as { origins: 'auto' }, or nothing for the defaults",
    )
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name))
      throw new OptionError(
        name,
        options[name as never],
        `there is no such option; there are ${known.join(', ')}`,
      )
  }
  const include = checkPattern('include', options.include)
  const exclude = checkPattern('exclude', options.exclude)
  const { origins = 'auto', manifest = false } = options
  if (typeof origins !== 'function') checkOrigins(origins)
  if (typeof manifest !== 'boolean' && !isRelativeFile(manifest)) {
    throw new OptionError(
      'manifest',
      manifest,
      `use true for '${defaultManifest}', or a file name within the output`,
    )
  }
  return {
    include,
    exclude,
    originsOf: typeof origins === 'function' ? (file) => checkOrigins(origins(file)) : () => origins,
    verify: options.verify === 'auto' ? 'auto' : checkBoolean('verify', options.verify, 'auto', "'auto', "),
    integrity: checkBoolean('integrity', options.integrity, false),
    lookupTimeout: checkTimeout(options.lookupTimeout),
    minSize: checkNumber('minSize', options.minSize, 0, 'bytes'),
    final: checkBoolean('final', options.final, false),
    // One name for all the ways to write it: it is compared with those of other files.
    manifest:
      manifest === true ? defaultManifest : manifest === false ? undefined : posix.normalize(manifest),
    strict: checkBoolean('strict', options.strict, false),
    publicHashList: checkHashList(options.publicHashList),
    text: JSON.stringify(options, (_, value) =>
      typeof value === 'function' || value instanceof RegExp ? String(value) : value,
    ),
  }
}

/** @returns `undefined` where there is none. */
function checkPattern(option: string, value: FilterPattern | undefined): FilterPattern | undefined {
  const patterns: unknown[] = [value ?? []].flat()
  for (const pattern of patterns) {
    if ((typeof pattern === 'string' && pattern !== '') || pattern instanceof RegExp) continue
    throw new OptionError(option, value, 'use a glob, a regular expression, or a list of these')
  }
  return patterns.length === 0 ? undefined : value
}

function checkBoolean<Default>(
  option: string,
  value: unknown,
  fallback: Default,
  others = '',
): boolean | Default {
  if (value === undefined) return fallback
  if (typeof value !== 'boolean') throw new OptionError(option, value, `use ${others}true or false`)
  return value
}

function checkNumber(
  option: string,
  value: unknown,
  fallback: number,
  unit: string,
  range = '0 or more',
): number {
  if (value === undefined) return fallback
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new OptionError(option, value, `use a number of ${unit}, ${range}`)
  }
  return value
}

function checkTimeout(value: unknown): number {
  const milliseconds = checkNumber('lookupTimeout', value, 500, 'milliseconds', 'more than 0')
  if (milliseconds > 0) return milliseconds
  const fix =
    'no lookup would be in time, so that every file comes from the network: use more than 0, or leave the plugin out'
  throw new OptionError('lookupTimeout', value, fix)
}

function checkHashList(value: WasmCosOptions['publicHashList']): ResolvedOptions['publicHashList'] {
  if (value === undefined) return undefined
  const { file, huggingFace = true, ...others } = typeof value === 'string' ? { file: value } : (value ?? {})
  if (
    typeof file !== 'string' ||
    file === '' ||
    typeof huggingFace !== 'boolean' ||
    Object.keys(others).length > 0
  ) {
    throw new OptionError('publicHashList', value, 'use the path of a list, or { file, huggingFace }')
  }
  const path = resolve(file)
  try {
    withList(path, () => undefined)
  } catch (error) {
    if (!(error instanceof HashListError)) throw error
    throw new OptionError('publicHashList', value, `${path} ${error.message}`)
  }
  return { path, huggingFace }
}

function isRelativeFile(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    !/^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)|(^|[/\\])\.?$/i.test(value)
  )
}
