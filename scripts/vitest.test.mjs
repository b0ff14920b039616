import { expect, test } from 'vitest'
import { count } from './vitest.mjs'

const good = { status: 'passed', assertionResults: [{ status: 'passed' }] }
const bad = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] }
const unloadable = { status: 'failed', assertionResults: [] }
const brokenHook = { status: 'failed', assertionResults: [{ status: 'skipped' }] }

test('tests are counted once', () => {
  const report = { numPassedTests: 2, numFailedTests: 1, testResults: [good, bad] }
  expect(count(report, false)).toEqual({ passed: 2, failed: 1 })
})

test.each([
  ['a file that cannot be loaded', unloadable],
  ['a hook that fails', brokenHook],
])('%s counts as a failure', (_, file) => {
  const report = { numPassedTests: 1, numFailedTests: 0, testResults: [good, file] }
  expect(count(report, false)).toEqual({ passed: 1, failed: 1 })
})

test('an error outside of every test counts as a failure', () => {
  const report = { numPassedTests: 1, numFailedTests: 0, testResults: [good] }
  expect(count(report, true)).toEqual({ passed: 1, failed: 0 })
  expect(count(report, false)).toEqual({ passed: 1, failed: 1 })
})

test('a run without tests is a failure', () => {
  expect(count({ numPassedTests: 0, numFailedTests: 0, testResults: [] }, true)).toEqual({
    passed: 0,
    failed: 1,
  })
})
