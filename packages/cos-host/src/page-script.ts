import { readFile } from 'node:fs/promises'
import { checkFaults, type Faults } from './faults.ts'
import { parseMethods, type Method } from './methods.ts'

/** What a page is given; the query of its script's URL decides first, then the host's options. */
export interface PageOptions {
  /** The methods that the manager has. */
  methods: Method[]
  /** Whether the API's functions print as native code, as a browser's own do. A disguise for tests. */
  native: boolean
  /** Whether the API refuses, as where a Permissions Policy forbids it. */
  denied: boolean
  /** The page's `Cross-Origin-Storage-Allow-Origin` header; without it, the page is asked for its own. */
  allowOrigin?: string
}

/** What the host tells its page script. */
export interface PageSettings extends PageOptions {
  /** Where the host is. */
  host: string
  faults?: Faults
}

/** The built page script; this file is one folder below the package, as source and as build. */
const built = new URL('../dist/cos.js', import.meta.url)

/**
 * The page script with its settings filled in.
 *
 * @param url The URL it was asked for by, with `methods`, `native`, `denied`, `allow-origin` and `faults` in its query.
 * @param options What the query leaves open.
 */
export async function pageScript({ origin, searchParams }: URL, options: PageOptions): Promise<string> {
  const methods = searchParams.get('methods')
  const allowOrigin = searchParams.get('allow-origin')
  const faults = searchParams.get('faults')
  const settings: PageSettings = {
    ...options,
    host: origin,
    native: parseFlag(searchParams, 'native') ?? options.native,
    denied: parseFlag(searchParams, 'denied') ?? options.denied,
    ...(methods !== null && { methods: parseMethods(methods) }),
    ...(allowOrigin !== null && { allowOrigin }),
    ...(faults !== null && { faults: parseFaults(faults) }),
  }
  return `(() => {\n${await readFile(built, 'utf8')}\ncosHostPage.install(${JSON.stringify(settings)})\n})()\n`
}

function parseFlag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (text === '' || text === 'true') return true
  if (text === 'false') return false
  throw new TypeError(`"${name}" is "${text}": it can be true or false.`)
}

function parseFaults(text: string): Faults {
  const faults: unknown = JSON.parse(text)
  checkFaults(faults)
  return faults
}
