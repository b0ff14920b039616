import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { root } from '../setup.mjs'
import { publicPackages, rootManifest } from './packages.mjs'

/**
 * A packed package.
 *
 * @typedef {object} Packed
 * @property {string} name The package.
 * @property {string} version Its version.
 * @property {string} filename The absolute path of the tarball.
 * @property {{ path: string }[]} files What the tarball holds.
 */

/**
 * Writes what npm would publish. pnpm does it, as npm does not resolve what the packages say of each other.
 *
 * @param {string} target The folder in which the tarballs are written.
 * @returns {Promise<Packed[]>} All published packages, which have to be built.
 */
export async function packAll(target) {
  const filters = publicPackages().flatMap(({ name }) => ['--filter', name])
  const { stdout } = await promisify(execFile)(
    'npx',
    ['-y', rootManifest.packageManager, '-r', ...filters, 'pack', '--json', '--pack-destination', target],
    { cwd: root, shell: process.platform === 'win32' },
  )
  return JSON.parse(stdout)
}
