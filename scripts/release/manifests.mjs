import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { publicPackages, rootManifest } from './packages.mjs'

// `npm run manifests`: writes what all published packages have in common into each package.json. It stands once, in
// the package.json of the repository.

const keywords = ['cross-origin-storage', 'wasm', 'webassembly']

/**
 * The manifest of a published package with the common fields as they have to be.
 *
 * @param {import('./packages.mjs').PublicPackage} published The package.
 * @returns {Record<string, any>} A copy of its manifest; keywords of its own stay.
 */
export function withCommonFields({ directory, manifest }) {
  const { license, homepage, repository, bugs, engines } = rootManifest
  return {
    ...manifest,
    keywords: [...new Set([...keywords, ...(manifest.keywords ?? [])])].toSorted(),
    homepage: `${homepage.replace(/#.*/, '')}/tree/main/${directory}#readme`,
    bugs,
    license,
    repository: { ...repository, directory },
    publishConfig: { access: 'public', provenance: true },
    engines,
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const published of publicPackages()) {
    const text = `${JSON.stringify(withCommonFields(published), undefined, 2)}\n`
    writeFileSync(join(published.folder, 'package.json'), text)
  }
  console.log('Wrote the package.json of each published package. Run `npm run format` now.')
}
