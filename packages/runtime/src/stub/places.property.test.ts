import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCosFetch } from './create-cos-fetch.ts'
import { closePage, FakeStorage, openPage } from '../testing/fake-page.ts'
import type { Places } from './places.ts'
import type { StubFile } from './table.ts'

// An answer is the network's, or the one file of the build that this server would have sent for this URL.

let storage: FakeStorage
let network: ReturnType<typeof openPage>['network']
beforeEach(() => {
  storage = new FakeStorage()
  ;({ network } = openPage(storage))
})
afterEach(closePage)

const origins = ['https://page.example', 'https://cdn.example'] as const
const folders = ['', 'assets/', 'v2/', 'v2/assets/', "it's 1%/"]
const plainNames = ['main.wasm', 'a.wasm', 'a b+c.wasm']
const hashedNames = ['a-CXIAVl5-.wasm', 'main-B0o9vQxZ.wasm']
const scripts = ['index.js', 'assets/index.js', 'v2/assets/js/main.js']

/** What a build makes. */
const build = fc.record({
  files: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...folders), fc.constantFrom(...plainNames, ...hashedNames))
      .map(([folder, name]) => folder + name),
    { minLength: 1, maxLength: 5 },
  ),
  script: fc.constantFrom(...scripts),
})

/** Where it is served from. */
const deployment = fc.record({
  origin: fc.constantFrom(...origins),
  base: fc.constantFrom('/', '/v2/', '/app/', '/app/v2/'),
  /** The build was told so. */
  isBaseKnown: fc.boolean(),
  /** The script is in another place than the build has put it. */
  isScriptMoved: fc.boolean(),
})

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const isHashed = (path: string): boolean => hashedNames.includes(nameOf(path))
const urlOf = (origin: string, path: string): string => new URL(path.replaceAll('%', '%25'), origin).href

/** Builds on servers: what is sent for a URL. */
class Web {
  readonly #files = new Map<string, string>()

  /** @returns Whether nothing of another build was overwritten. */
  deploy(origin: string, base: string, files: readonly string[], version: string): boolean {
    return files.every((path) => {
      const url = urlOf(origin, base + path)
      if (this.#files.has(url) && !isHashed(path)) return false
      this.#files.set(url, contentOf(path, version))
      return true
    })
  }

  at(url: string): string {
    const { origin, pathname } = new URL(url)
    const path = decodeURIComponent(pathname)
    // Under a name that carries a hash, there is one content in the world.
    if (isHashed(path)) return contentOf(path, '')
    return this.#files.get(urlOf(origin, path)) ?? `somebody else's ${url}`
  }
}

const contentOf = (path: string, version: string): string =>
  isHashed(path) ? `the one ${nameOf(path)}` : `${path} of ${version}`

/** The row of a file, which the storage has. */
function stored(path: string, version: string): StubFile {
  const content = contentOf(path, version)
  const value = createHash('sha256').update(content).digest('hex')
  storage.stored.set(value, new Blob([content]))
  return [path, content.length, { algorithm: 'SHA-256', value }, '*']
}

/** A request by any of the ways to write a URL. */
const request = fc.record({
  origin: fc.constantFrom(...origins),
  folder: fc.constantFrom('/', '/v2/', '/app/', '/app/v2/', '/uploads/7/'),
  below: fc.constantFrom(...folders),
  name: fc.constantFrom(...plainNames, ...hashedNames, 'other.wasm'),
  suffix: fc.constantFrom('', '?v=1', '#top', '?/main.wasm'),
  isEscaped: fc.boolean(),
})

test('in any deployment, a request is answered with what the server would have sent', async () => {
  let answers = 0
  await fc.assert(
    fc.asyncProperty(
      build,
      deployment,
      build,
      deployment,
      fc.array(request, { minLength: 1, maxLength: 8 }),
      async (ours, where, others, elsewhere, requests) => {
        const web = new Web()
        fc.pre(web.deploy(where.origin, where.base, ours.files, 'ours'))
        fc.pre(web.deploy(elsewhere.origin, elsewhere.base, others.files, 'another version'))
        network.mockImplementation(async (input) => new Response(web.at(String(input))))

        const root = where.origin + where.base
        const script = where.isScriptMoved ? `${where.origin}/moved/chunk.js` : root + ours.script
        const places: Places = [
          [[script, ours.script], ...(where.isBaseKnown ? [[root, ''] as const] : [])],
          [],
          ours.files.filter(isHashed),
        ]
        const rows = ours.files.map((path) => stored(path, 'ours'))
        const fetch = createCosFetch(rows, places, 2, 1000)()

        for (const { origin, folder, below, name, suffix, isEscaped } of requests) {
          const plain = urlOf(origin, folder + below + name)
          const url = (isEscaped ? plain.replace('main', '%6dain').replace("'", '%27') : plain) + suffix
          const response = await fetch(url)
          expect(await response.text()).toBe(web.at(url))
        }

        // What stands where its script says is found.
        if (where.isScriptMoved && !where.isBaseKnown) return
        network.mockClear()
        for (const path of ours.files) await fetch(urlOf(where.origin, where.base + path))
        expect(network).not.toHaveBeenCalled()
        answers += ours.files.length
      },
    ),
    { numRuns: 150 },
  )
  expect(answers).toBeGreaterThan(50)
}, 60_000)
