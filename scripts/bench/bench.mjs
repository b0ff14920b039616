import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// `pnpm bench [name] [options]`: each benchmark is a program of its own, and says how to read its options.

/** What there is to measure, in the order of the page. */
const benchmarks = {
  'load-time': 'time to a compiled module and to a first call, in Chromium',
  parts: 'what a hit and a miss consist of',
  'first-use': 'what the platform takes for its first use in a page',
  'code-cache': "whether V8's code cache survives",
  'build-cost': 'time and memory that a build takes more',
  'warm-builds': 'time that a build takes more in a process that has built before',
  renaming: 'time to rename thousands of chunks that share a loader',
  'large-folder': 'a folder with a gigabyte of wasm through the command, beside openssl',
  'chunk-curve': 'how the work grows with the number of chunks',
  hashing: 'SHA-256 beside openssl',
  'hash-list': 'a Public Hash List of 88 MB, searched',
  'stub-size': 'bytes of the stub beside other loaders',
  'many-files': 'an application with 200 wasm files',
  lookups: 'how long real lookups take',
  memory: 'peak memory of a 200 MB file on a miss and on a hit',
  page: 'puts the results into README.md',
}

/**
 * Runs one of them.
 *
 * @param {string} name Its name.
 * @param {string[]} options What follows the name on the command line.
 * @returns {boolean} Whether it succeeded.
 */
function run(name, options) {
  console.log(`\n${name}: ${benchmarks[/** @type {keyof typeof benchmarks} */ (name)]}\n`)
  const program = fileURLToPath(new URL(`${name}/${name}.mjs`, import.meta.url))
  const { status } = spawnSync(process.execPath, [program, ...options], { stdio: 'inherit' })
  return status === 0
}

const [name, ...options] = process.argv.slice(2).filter((argument) => argument !== '--')
if (name === undefined) {
  const failed = Object.keys(benchmarks).filter((name) => !run(name, []))
  process.exitCode = failed.length
} else if (name in benchmarks) {
  process.exitCode = run(name, options) ? 0 : 1
} else {
  const list = Object.entries(benchmarks).map(([name, what]) => `  ${name.padEnd(12)}  ${what}`)
  console.log(['pnpm bench [name] [options], where the name is one of', ...list].join('\n'))
  process.exitCode = 1
}
