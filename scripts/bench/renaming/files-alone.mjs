import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'

// node files-alone.mjs <folder>: what `inject --rename` does to the file system, and nothing else: every script is read, written
// aside under a number, moved to another name, and its former name is removed.

const folder = process.argv[2] ?? '.'
const names = readdirSync(folder).filter((name) => name.startsWith('chunk-'))
const texts = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
mkdirSync(`${folder}/aside`)
texts.forEach((text, index) => writeFileSync(`${folder}/aside/${index}`, text, { flag: 'wx' }))
names.forEach((name, index) => renameSync(`${folder}/aside/${index}`, `${folder}/new-${name}`))
for (const name of names) unlinkSync(`${folder}/${name}`)
rmSync(`${folder}/aside`, { recursive: true })
