import type { FilterPattern } from './filter-pattern.ts'
import { OptionError } from './option-error.ts'
import { checkOrigins, type OriginsOption } from './origins.ts'

export type { FilterPattern }

/** What a function given as `origins` is told of a file. */
export interface OriginsFile {
  /** Path within the output. */
  fileName: string
  /** Absolute paths of the modules or files it was made from, as far as the bundler knows. */
  sources: string[]
  /** Size in bytes. */
  size: number
  /** SHA-256, 64 lowercase hexadecimal digits. */
  hash: string
}

/** Options of every wasm-cos plugin and of the command. */
export interface WasmCosOptions {
  /**
   * Which emitted files take part: matched against the emitted name and the path of the original module.
   *
   * @default /\.wasm$/
   */
  include?: FilterPattern
  /** Which of them don't. */
  exclude?: FilterPattern
  /**
   * Who may read what a page stores. `'*'`: any site. `[]`: same-site origins only. A list: those HTTPS origins.
   * `'auto'`: `'*'` for a file that is byte-identical to one shipped in a dependency, same-site for the application's
   * own: a private binary stored for everyone would tell any site that its visitor uses this application.
   *
   * @default 'auto'
   */
  origins?: OriginsOption | ((file: OriginsFile) => OriginsOption)
  /**
   * Check the bytes that Cross-Origin Storage returns before they are used. `'auto'`: unless the browser itself
   * implements the API, for then it has verified every write.
   *
   * @default 'auto'
   */
  verify?: 'auto' | boolean
  /**
   * Enforce the hash on the network path too, in every browser: requests carry it as Subresource Integrity. On a
   * mismatch the file is fetched once more past the HTTP cache, then the request fails. Browsers do not compile while
   * downloading under Subresource Integrity.
   *
   * @default false
   */
  integrity?: boolean
  /**
   * Milliseconds that a lookup may take before the network starts.
   * The default is four times the slowest of 200 lookups on an overloaded machine: see packages/runtime/README.md.
   *
   * @default 500
   */
  lookupTimeout?: number
  /**
   * Bytes; smaller files keep the plain path.
   *
   * @default 0
   */
  minSize?: number
  /**
   * Write `wasm-cos.manifest.json` (or a file of the given name) into the output.
   *
   * @default false
   */
  manifest?: boolean | string
  /**
   * Turn warnings into build errors.
   *
   * @default false
   */
  strict?: boolean
}

/** Options with every default filled in. */
export interface ResolvedOptions {
  /** As it was given: where it was, a warning says if it matches nothing. */
  include: FilterPattern | undefined
  exclude: FilterPattern | undefined
  originsOf: (file: OriginsFile) => OriginsOption
  verify: 'auto' | boolean
  integrity: boolean
  lookupTimeout: number
  minSize: number
  /** File name of the manifest. */
  manifest: string | undefined
  strict: boolean
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
  'manifest',
  'strict',
]

/**
 * Checks options and fills in the defaults.
 *
 * @throws {OptionError} For an unknown option or a bad value; the message names the option, the value and the fix.
 */
export function resolveOptions(options: WasmCosOptions = {}): ResolvedOptions {
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
    lookupTimeout: checkNumber('lookupTimeout', options.lookupTimeout, 500, 'milliseconds'),
    minSize: checkNumber('minSize', options.minSize, 0, 'bytes'),
    manifest: manifest === true ? defaultManifest : manifest === false ? undefined : manifest,
    strict: checkBoolean('strict', options.strict, false),
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

function checkNumber(option: string, value: unknown, fallback: number, unit: string): number {
  if (value === undefined) return fallback
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new OptionError(option, value, `use a number of ${unit}, 0 or more`)
  }
  return value
}

function isRelativeFile(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/i.test(value)
}
