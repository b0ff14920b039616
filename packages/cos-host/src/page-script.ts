import { readFile } from 'node:fs/promises'
import { checkFaults, type Faults } from './faults.ts'
import { parseMethods, type Method } from './methods.ts'

/** The API's shape on a page. */
export interface PageShape {
  /** The methods that the manager has. */
  methods: Method[]
  /** Whether the API's functions print as native code, as a browser's own do. A disguise for tests. */
  native: boolean
}

/** What the host tells its page script. */
export interface PageSettings extends PageShape {
  /** Where the host is. */
  host: string
  faults?: Faults
}

/** The built page script; this file is one folder below the package, as source and as build. */
const built = new URL('../dist/cos.js', import.meta.url)

/**
 * The page script with its settings filled in.
 *
 * @param url The URL it was asked for by, with `methods`, `native` and `faults` in its query.
 * @param shape What the query leaves open.
 */
export async function pageScript(url: URL, shape: PageShape): Promise<string> {
  const methods = url.searchParams.get('methods')
  const settings: PageSettings = {
    host: url.origin,
    methods: methods === null ? shape.methods : parseMethods(methods),
    native: parseFlag(url.searchParams.get('native')) ?? shape.native,
  }
  const faults = url.searchParams.get('faults')
  if (faults !== null) settings.faults = parseFaults(faults)
  return `(() => {\n${await readFile(built, 'utf8')}\ncosHostPage.install(${JSON.stringify(settings)})\n})()\n`
}

function parseFlag(text: string | null): boolean | undefined {
  if (text === null) return undefined
  if (text === '' || text === 'true') return true
  if (text === 'false') return false
  throw new TypeError(`"native" is "${text}": it can be true or false.`)
}

function parseFaults(text: string): Faults {
  const faults: unknown = JSON.parse(text)
  checkFaults(faults)
  return faults
}
