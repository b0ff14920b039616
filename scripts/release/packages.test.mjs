import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenLinks } from '../docs/links.mjs'
import { withCommonFields } from './manifests.mjs'
import { packAll } from './pack.mjs'
import { publicPackages } from './packages.mjs'

const packages = publicPackages()

/** @type {string} */
let target
/** @type {import('./pack.mjs').Packed[]} */
let packed

beforeAll(async () => {
  target = await mkdtemp(join(tmpdir(), 'wasm-cos-pack-'))
  packed = await packAll(target)
}, 120_000)
afterAll(() => rm(target, { recursive: true }))

describe.each(packages)('$name can be published', ({ name, folder, manifest, directory }) => {
  /** @type {Buffer<ArrayBuffer>} */
  let tarball

  beforeAll(async () => {
    tarball = await readFile(packed.find((published) => published.name === name)?.filename ?? '')
  })

  test('publint finds nothing', async () => {
    const { messages } = await publint({ pack: { tarball: tarball.buffer } })
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([])
  })

  test('its types are right', async () => {
    // ESM only: require() and the resolution of before Node 12 are not supported.
    const analysis = await checkPackage(createPackageFromTarballData(tarball))
    const problems = 'problems' in analysis ? analysis.problems : []
    expect(problems.filter(({ kind, ...where }) => !isAboutOldResolution(kind, where))).toEqual([])
  })

  test('README and LICENSE are in it, and all links lead somewhere', () => {
    const contents = createPackageFromTarballData(tarball)
    const start = `/node_modules/${name}/`
    const files = contents.listFiles().map((file) => file.slice(start.length))
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']))
    const tree = {
      has: (/** @type {string} */ path) => files.includes(path),
      read: (/** @type {string} */ path) => contents.readFile(start + path),
    }
    expect(brokenLinks('README.md', tree)).toEqual([])
  })

  test('its manifest has what all packages have in common; if not, run `npm run manifests`', () => {
    expect(manifest).toEqual(withCommonFields({ name, folder, manifest, directory }))
  })
})

test('all packages have one version', () => {
  expect(new Set(packages.map(({ manifest }) => manifest.version)).size).toBe(1)
})

/**
 * @param {string} kind What is wrong.
 * @param {object} where For whom.
 * @returns {boolean} Whether it concerns only those who cannot import ESM.
 */
function isAboutOldResolution(kind, where) {
  return kind === 'CJSResolvesToESM' || ('resolutionKind' in where && where.resolutionKind === 'node10')
}
