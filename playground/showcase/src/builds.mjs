import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Build
 * @property {string} name The bundler, as people call it.
 * @property {string} folder Its folder in the playground.
 */

/**
 * Every build of the application, in the order in which the index page opens them. The first one downloads.
 *
 * @type {Build[]}
 */
export const builds = [
  { name: 'Vite 8', folder: 'vite' },
  { name: 'Vite 7', folder: 'vite7' },
  { name: 'Rollup 4', folder: 'rollup' },
  { name: 'Rolldown 1', folder: 'rolldown' },
  { name: 'webpack 5', folder: 'webpack' },
  { name: 'Rspack 2', folder: 'rspack' },
  { name: 'esbuild', folder: 'esbuild' },
]

/**
 * Where a build's output is.
 *
 * @param {Build} build One of them.
 * @returns {string} The path of the folder.
 */
export function outputOf({ folder }) {
  return fileURLToPath(new URL(`../../${folder}/dist`, import.meta.url))
}
