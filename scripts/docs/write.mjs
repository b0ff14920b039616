import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'
import { readmes, withSections } from './sections.mjs'

// `npm run docs`: writes into the READMEs what several of them say.

for (const file of readmes) writeFileSync(join(root, file), await withSections(file))
