import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../setup.mjs'
import { readmes, withSections } from './sections.mjs'

test.each(readmes)('%s says what the code says; if not, run `npm run docs`', async (file) => {
  expect(readFileSync(join(root, file), 'utf8')).toBe(await withSections(file))
})
