import { ensureChromium, installHeadlessShell } from '../packages/harness/src/chromium.mjs'
import { buildPackages, buildPlayground, install, pnpm, step } from './setup.mjs'
import { runTests } from './vitest.mjs'

// `npm test`: every check there is, from a bare checkout. One that fails does not hide the next.

let passed = 0
let failed = 0

if (await install()) {
  const checks = [
    await step('Find Chromium', hasChromium),
    await buildPackages(),
    await buildPlayground(),
    await step('Check types', () => pnpm(['run', 'types'])),
    await step('Lint', () => pnpm(['run', 'lint'])),
  ]
  const tests = await runTests()
  passed = tests.passed
  failed = tests.failed + checks.filter((succeeded) => !succeeded).length
} else {
  failed = 1
}

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Finds or installs the browser; says what to do where it cannot. */
function hasChromium() {
  try {
    ensureChromium()
    installHeadlessShell()
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  }
}
