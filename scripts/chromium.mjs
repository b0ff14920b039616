import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Flags under which Chromium starts as root, in a container, without talking to anybody. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // A name of this machine that is no secure context, as localhost is.
  '--host-resolver-rules=MAP insecure.test 127.0.0.1',
]

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const places = [
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
]

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

/**
 * Finds Chromium: `CHROME_PATH`, then the usual places.
 *
 * @returns {string | undefined} The path of the executable.
 * @throws {Error} If `CHROME_PATH` names something that cannot be executed.
 */
export function findChromium() {
  const named = process.env.CHROME_PATH
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) throw new Error(`CHROME_PATH names ${named}, which cannot be executed.`)
    return named
  }
  return places.find(isExecutable)
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
 * Finds Chromium, and installs Debian's package where it is missing and the user is root on Debian.
 *
 * @returns {string} The path of the executable.
 * @throws {Error} If there is none and it cannot be installed; the message says what to do.
 */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  if (canInstallPackages()) {
    console.log('Installing Chromium (Debian package)…')
    aptGet('update', '-qq')
    aptGet('install', '-y', '-qq', '--no-install-recommends', 'chromium')
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  throw new Error(
    'Chromium is missing, and the browser tests need it. Install Chrome or Chromium ' +
      '(on Debian: "apt-get install chromium" as root) or set CHROME_PATH to its executable.',
  )
}
