import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pnpm } from './setup.mjs'

/**
 * What is used of Vitest's JSON report.
 *
 * @typedef {object} Report
 * @property {number} numPassedTests Tests that passed.
 * @property {number} numFailedTests Tests that failed.
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults The test files.
 */

/**
 * Runs every Vitest project with one browser for all, shows what fails, and counts.
 *
 * @returns {Promise<{ passed: number, failed: number }>} How many tests passed and failed; what fails outside a test
 * (a file that cannot be loaded, a hook, an error nobody caught, or nothing having been run) counts as one.
 */
export async function runTests() {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-cos-test-'))
  const file = join(folder, 'report.json')
  const { sharedBrowser, startBrowserServer } = await import('../packages/harness/src/browser-server.mjs')
  const browser = await startBrowserServer()
  process.env[sharedBrowser] = browser.address
  const flags = ['--silent=passed-only', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  const succeeded = await pnpm(['run', 'vitest', ...flags], 'show')
  await browser.close()
  const report = await readReport(file)
  await rm(folder, { recursive: true, force: true })
  if (report === undefined) return { passed: 0, failed: 1 }
  return count(report, succeeded)
}

/**
 * Reads the report, if Vitest came as far as writing one.
 *
 * @param {string} file Its path.
 * @returns {Promise<Report | undefined>} The report.
 */
async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    console.error('Vitest wrote no report: it ended before its tests did.')
    return undefined
  }
}

/**
 * The numbers of a report.
 *
 * @param {Report} report What Vitest wrote.
 * @param {boolean} succeeded Whether it ended well.
 */
export function count({ numPassedTests: passed, numFailedTests, testResults }, succeeded) {
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  const failed = numFailedTests + brokenFiles.length
  const isUnexplained = failed === 0 && (!succeeded || passed === 0)
  return { passed, failed: isUnexplained ? 1 : failed }
}
