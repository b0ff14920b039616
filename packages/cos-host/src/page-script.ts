import { readFile } from 'node:fs/promises'
import { checkFaults, type Faults } from './faults.ts'

/** Which methods the page gets: `requestFileHandle`, the first draft's `requestFileHandles`, or both. */
export type Api = 'singular' | 'plural' | 'both'

/** What the host tells its page script. */
export interface PageSettings {
  /** Where the host is. */
  host: string
  api: Api
  faults?: Faults
}

/** The built page script; this file is one folder below the package, as source and as build. */
const built = new URL('../dist/cos.js', import.meta.url)

/**
 * The page script with its settings filled in.
 *
 * @param url The URL it was asked for by, with `api` and `faults` in its query.
 */
export async function pageScript(url: URL, defaultApi: Api): Promise<string> {
  const settings: PageSettings = { host: url.origin, api: apiOf(url.searchParams.get('api') ?? defaultApi) }
  const faults = url.searchParams.get('faults')
  if (faults !== null) settings.faults = parseFaults(faults)
  return `(() => {\n${await readFile(built, 'utf8')}\ncosHostPage.install(${JSON.stringify(settings)})\n})()\n`
}

function parseFaults(text: string): Faults {
  const faults: unknown = JSON.parse(text)
  checkFaults(faults)
  return faults
}

/** @throws {TypeError} If it is none of the three. */
export function apiOf(api: string): Api {
  if (api === 'singular' || api === 'plural' || api === 'both') return api
  throw new TypeError(`"api" is "${api}": it can be singular, plural or both.`)
}
