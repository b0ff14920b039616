import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'oxfmt'
import { publicPackages, readJson } from '../release/packages.mjs'
import { root } from '../setup.mjs'
import { optionsTable } from './options.mjs'

// What several READMEs say stands once: a README names a section between `<!-- name -->` and `<!-- / -->`.

/** @type {Record<string, () => string>} What each section says. */
const sections = {
  options: optionsTable,
  'nothing-shared': () => readFileSync(join(import.meta.dirname, 'sections/nothing-shared.md'), 'utf8'),
}

const formatting = readJson(join(root, '.oxfmtrc.json'))

/** The READMEs that have sections, from the root of the repository. */
export const readmes = ['README.md', ...publicPackages().map(({ directory }) => `${directory}/README.md`)]

/**
 * A README with its sections as they have to be.
 *
 * @param {string} file Its path from the root of the repository.
 * @returns {Promise<string>} The formatted text.
 */
export async function withSections(file) {
  const text = readFileSync(join(root, file), 'utf8')
  const filled = text.replaceAll(/<!-- ([a-z-]+) -->\n[^]*?<!-- \/ -->/g, (whole, name) => {
    const content = sections[name]?.().trim()
    return content === undefined ? whole : `<!-- ${name} -->\n\n${content}\n\n<!-- / -->`
  })
  const { code } = await format(file, filled, formatting)
  return code
}
