import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { expect, test } from 'vitest'

const { packageManager: pnpm } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
)
const packages = join(import.meta.dirname, '../packages')
const folders = readdirSync(packages).map((name) => join(packages, name))

/**
 * What npm would publish.
 *
 * @param {string} folder A package.
 * @returns {Promise<Uint8Array<ArrayBuffer>>} The tarball.
 */
async function pack(folder) {
  const target = await mkdtemp(join(tmpdir(), 'wasm-cos-pack-'))
  try {
    // pnpm, as npm does not resolve what the packages say of each other.
    const output = execFileSync('npx', ['-y', pnpm, 'pack', '--json', '--pack-destination', target], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return await readFile(JSON.parse(output).filename)
  } finally {
    await rm(target, { recursive: true })
  }
}

test.each(folders)('%s can be published', async (folder) => {
  const tarball = await pack(folder)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

  const { messages } = await publint({ pack: { tarball: tarball.buffer } })
  expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([])

  // ESM only: require() and the resolution of before Node 12 are not supported.
  const analysis = await checkPackage(createPackageFromTarballData(tarball))
  const problems = 'problems' in analysis ? analysis.problems : []
  expect(problems.filter(({ kind, ...where }) => !isAboutOldResolution(kind, where))).toEqual([])
})

/**
 * @param {string} kind What is wrong.
 * @param {object} where For whom.
 * @returns {boolean} Whether it concerns only those who cannot import ESM.
 */
function isAboutOldResolution(kind, where) {
  return kind === 'CJSResolvesToESM' || ('resolutionKind' in where && where.resolutionKind === 'node10')
}
