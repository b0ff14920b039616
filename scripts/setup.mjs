import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Node's own modules only: this runs before anything is installed.

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/**
 * Runs pnpm, at the version that package.json names; npx brings it along where it is missing.
 *
 * @param {string[]} args Its arguments.
 * @param {'show' | 'onFailure'} [output] Show what it prints as it goes, or only if it fails.
 * @returns {Promise<boolean>} Whether it succeeded.
 */
export function pnpm(args, output = 'onFailure') {
  const isShown = output === 'show'
  return new Promise((resolve) => {
    const child = spawn('npx', ['--yes', packageManager, ...args], {
      cwd: root,
      stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    })
    /** @type {Buffer[]} */
    const printed = []
    child.stdout?.on('data', (data) => printed.push(data))
    child.stderr?.on('data', (data) => printed.push(data))
    child.on('error', (error) => {
      console.error(`npx could not be started: ${error.message}. It comes with npm; install npm.`)
      resolve(false)
    })
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(printed))
      resolve(code === 0)
    })
  })
}

/**
 * Says what is being done, does it and says how it went.
 *
 * @param {string} title What is being done.
 * @param {() => boolean | Promise<boolean>} work Does it; whether it succeeded.
 * @returns {Promise<boolean>} Whether it succeeded.
 */
export async function step(title, work) {
  console.log(`• ${title}`)
  const start = performance.now()
  const succeeded = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(succeeded ? `✓ ${title} (${seconds} s)` : `✗ ${title} failed`)
  return succeeded
}

/** Installs what the lockfile names and is missing. */
export const install = () =>
  step('Install dependencies', () => pnpm(['install', '--frozen-lockfile', '--prefer-offline']))

/** Builds the packages, those that others need first. */
export const buildPackages = () => step('Build the packages', () => pnpm(['run', 'build']))

/** Builds the playground's application with every bundler. */
export const buildPlayground = () => step('Build the playground', () => pnpm(['run', 'build:playground']))
