import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** The code block of a guide that begins with the name of a file. */
function snippetOf(guide: string, section: string, file: string): string {
  const text = readFileSync(join(root, 'packages', guide), 'utf8').split(`\n## ${section}\n`)[1]!
  const block = new RegExp(`\`\`\`\\w+\n// ${file.replaceAll('.', '\\.')}\n([^]*?)\`\`\``).exec(text)
  return withoutOptions(block![1]!)
}

/** The applications wait longer for a lookup than anyone else: they run on busy machines. */
function withoutOptions(code: string): string {
  return code.replaceAll('{ lookupTimeout: 60_000 }', '').trim()
}

test.each([
  ['SvelteKit', 'sveltekit', 'vite.config.js'],
  ['React Router', 'react-router7', 'vite.config.js'],
  ['React Router', 'react-router8', 'vite.config.js'],
  ['Storybook', 'storybook', '.storybook/main.js'],
])('the guide for %s has what the application %s does: %s', (section, app, file) => {
  const code = readFileSync(join(root, 'playground/frameworks/apps', app, file), 'utf8')
  expect(snippetOf('vite-plugin/docs/frameworks.md', section, file)).toBe(withoutOptions(code))
})
