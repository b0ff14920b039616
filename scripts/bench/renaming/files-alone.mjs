import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'

// node files-alone.mjs <folder>: what `inject --rename` does to the file system, and nothing else: every script is read, written
// under another name, and its former name is removed.

const folder = process.argv[2] ?? '.'
const names = readdirSync(folder).filter((name) => name.startsWith('chunk-'))
const texts = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
texts.forEach((text, index) => writeFileSync(`${folder}/new-${names[index]}`, text, { flag: 'wx' }))
for (const name of names) unlinkSync(`${folder}/${name}`)
