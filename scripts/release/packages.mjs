import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

/**
 * A package of this repository that is published.
 *
 * @typedef {object} PublicPackage
 * @property {string} name As it is installed.
 * @property {string} directory From the root of the repository, with slashes.
 * @property {string} folder The absolute path.
 * @property {Record<string, any>} manifest What its `package.json` says.
 */

/**
 * Reads a JSON file.
 *
 * @param {string} file The absolute path.
 * @returns {Record<string, any>} What it says.
 */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** What the `package.json` of the repository says. */
export const rootManifest = readJson(join(root, 'package.json'))

/** All packages that are published, in the order of their folders' names. */
export function publicPackages() {
  return readdirSync(join(root, 'packages'))
    .map((name) => read(`packages/${name}`))
    .filter(({ manifest }) => manifest.private !== true)
}

/**
 * Reads a package.
 *
 * @param {string} directory From the root of the repository.
 * @returns {PublicPackage} The package.
 */
function read(directory) {
  const folder = join(root, directory)
  const manifest = readJson(join(folder, 'package.json'))
  return { name: manifest.name, directory, folder, manifest }
}
