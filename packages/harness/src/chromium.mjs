import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

// Plain JavaScript and Node's own modules only: `npm test` imports it before anything is installed.

/** Flags under which Chromium starts as root, in a container, without talking to anybody. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // Without it the headless shell crashes where a module reads outside its memory, instead of throwing.
  '--enable-crash-reporter',
  // A name of this machine that is no secure context, as localhost is.
  '--host-resolver-rules=MAP insecure.test 127.0.0.1',
]

const folders = (process.env.PATH ?? '').split(delimiter)

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const chromiumPlaces = [
  ...inFolders(chromiumNames),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
]

/** Chromium without the browser's own windows: the same engine, at a third of the work for each page. */
const shellPlaces = inFolders(['chromium-headless-shell', 'chrome-headless-shell'])

/**
 * The paths that executables may have.
 *
 * @param {string[]} names Their file names.
 */
function inFolders(names) {
  return folders.flatMap((folder) => names.map((name) => join(folder, name)))
}

/**
 * Whether a file can be executed by this user.
 *
 * @param {string} file The path of the file.
 */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The executable that the environment names. */
function namedChromium() {
  const named = process.env.CHROME_PATH
  if (named === undefined || named === '') return undefined
  if (!isExecutable(named)) throw new Error(`CHROME_PATH names ${named}, which cannot be executed.`)
  return named
}

/**
 * Runs apt-get without questions; only its errors are shown.
 *
 * @param {string[]} args The command and its arguments.
 */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env })
}

/** Whether this is Debian (or a derivative) and the user may install packages. */
function canInstallPackages() {
  return process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')
}

/**
 * Installs a Debian package.
 *
 * @param {string} name The package.
 */
function installPackage(name) {
  console.log(`Installing ${name} (Debian package)…`)
  aptGet('update', '-qq')
  aptGet('install', '-y', '-qq', '--no-install-recommends', name)
}

/**
 * Finds Chromium (`CHROME_PATH`, then the usual places), and installs Debian's package where it is missing and the user
 * is root on Debian.
 *
 * @returns {string} The path of the executable.
 * @throws {Error} If `CHROME_PATH` names something that cannot be executed, or if there is no Chromium and it cannot be
 *   installed; the message says what to do.
 */
export function ensureChromium() {
  const found = namedChromium() ?? chromiumPlaces.find(isExecutable)
  if (found !== undefined) return found
  if (canInstallPackages()) {
    installPackage('chromium')
    const installed = chromiumPlaces.find(isExecutable)
    if (installed !== undefined) return installed
  }
  throw new Error(
    'Chromium is missing, and the browser tests need it. Install Chrome or Chromium ' +
      '(on Debian: "apt-get install chromium" as root) or set CHROME_PATH to its executable.',
  )
}

/**
 * Finds the browser that opens pages at the least cost: Chromium's headless shell where there is one, else Chromium.
 * The shell has no extensions, and no windows to measure.
 *
 * @returns {string} The path of the executable.
 * @throws {Error} As `ensureChromium` does.
 */
export function findHeadless() {
  return namedChromium() ?? shellPlaces.find(isExecutable) ?? ensureChromium()
}

/**
 * Installs Debian's package of the headless shell where there is no shell and the user is root on Debian. Without it,
 * tests take Chromium, and longer.
 */
export function installHeadlessShell() {
  if (namedChromium() !== undefined || shellPlaces.some(isExecutable) || !canInstallPackages()) return
  try {
    installPackage('chromium-headless-shell')
  } catch {
    console.log('There is no package chromium-headless-shell: the tests take Chromium, and longer.')
  }
}
