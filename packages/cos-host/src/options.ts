import { checkMethods, defaultMethods, type Method } from './methods.ts'
import type { PageOptions } from './page-script.ts'

/** Options of `startCosHost`. What concerns pages can be said for a single page in the query of its script's URL. */
export interface CosHostOptions {
  /** The port; by default any free one. */
  port?: number
  /** A folder to keep entries in; by default they live in memory, as long as the host. */
  folder?: string
  /** The names under which pages find the API's method (`?methods=`). */
  methods?: Method[]
  /**
   * Whether the API's functions print as native code on pages (`?native`): a disguise for tests of code that trusts a
   * browser's own storage more than a script's. `false` by default.
   */
  native?: boolean
  /** Whether the API refuses, as where a Permissions Policy forbids it (`?denied`). `false` by default. */
  denied?: boolean
  /**
   * The `Cross-Origin-Storage-Allow-Origin` header of the pages (`?allow-origin=`), which bounds the origins that their
   * stores may list. By default each page is asked for its own.
   */
  allowOrigin?: string
  /**
   * The file of a Public Hash List: the published `.dat`, a CSV with a column `sha256`, or Chromium's packed form. Files that were stored for everyone are then shown to other sites only if their
   * hash is on it, as browsers do. By default they are, whatever their hash.
   */
  publicHashList?: string
  /**
   * How often, from 0 to 1, a lookup by a site that sees a file only because it is open to everyone finds nothing, as
   * browsers do on purpose. Files of 500 KiB and more are never withheld. 0 by default.
   */
  grease?: number
  /**
   * How many distinct hashes a site may look up that it has not stored itself; from then on, it finds nothing. By
   * default any number. `clear()` gives every site its budget back.
   */
  probeBudget?: number
  /** How many bytes an origin may store. By default any number. */
  quota?: number
}

/** @throws {TypeError} Names the option, its value and what it can be. */
export function checkOptions({ grease, probeBudget, quota }: CosHostOptions): void {
  if (grease !== undefined && !(grease >= 0 && grease <= 1))
    throw new TypeError(`"grease" is ${grease}: it can be a number from 0 to 1.`)
  for (const [name, value] of Object.entries({ probeBudget, quota })) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw new TypeError(`"${name}" is ${value}: it can be a whole number from 0.`)
  }
}

/** What pages are told. */
export function pageOptionsOf(options: CosHostOptions): PageOptions {
  const { methods = defaultMethods, native = false, denied = false, allowOrigin } = options
  const told = { methods: checkMethods(methods), native, denied }
  return allowOrigin === undefined ? told : { ...told, allowOrigin }
}
