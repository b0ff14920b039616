import { pathToFileURL } from 'node:url'
import { publicPackages } from '../release/packages.mjs'
import { pnpm, step } from '../setup.mjs'

// `npm run newest`: installs the newest version of each bundler, whatever its major one. `npm test` then tells whether the
// plugins work with it. It changes package.json files and the lockfile.

/**
 * The bundlers that the plugins are for.
 *
 * @returns {string[]} Names on npm.
 */
export function bundlers() {
  const names = publicPackages().flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {}))
  return [...new Set(names)].toSorted()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = bundlers()
  const succeeded = await step(`Install the newest ${names.join(', ')}`, () =>
    pnpm(['-r', 'update', '--latest', ...names], 'show'),
  )
  process.exitCode = succeeded ? 0 : 1
}
