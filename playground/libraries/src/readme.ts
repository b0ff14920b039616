import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundlerName } from './library.ts'
import { libraries } from './libraries.ts'
import { type Notes, type Observation, readSeen } from './seen.ts'

const bundlers: Record<BundlerName, string> = { vite: 'Vite 8', webpack: 'webpack 5' }

const introduction = `# Libraries from npm that load wasm

Each row is a program in \`programs/\` that uses the library as its documentation says, built with wasm-cos, and run in
Chromium three times: without Cross-Origin Storage, with it for the first time, and on another origin that finds what
the first one stored. It shows the same each time. **Served**: the third visit makes no request for wasm; partly: fewer
than without; not: as many; inlined: the wasm is in a script, so that there is none to share; –: does not build.

\`pnpm libraries\` installs what is missing into \`.cache\` (1.5 GB), runs them all and writes this page from what it saw;
\`pnpm libraries <name>\` runs one. \`npm test\` runs those marked *.
`

/** Writes README.md from what was seen; what was not is a question mark. */
export async function writeReadme(): Promise<void> {
  const seen = readSeen()
  const rows = libraries.map((library) => {
    const { name, packages, exampleOf, why } = library
    const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
    const title = versions.length === 1 && versions[0]!.startsWith(`${name} `) ? versions[0]! : name
    const cells = (['vite', 'webpack'] as const).map((bundler) => wordOf(seen[name]?.[bundler]))
    return `| ${title}${exampleOf === undefined ? '' : ' \\*'} | ${cells.join(' | ')} | ${why ?? ''} |`
  })
  const text = [
    introduction,
    ...(['vite', 'webpack'] as const).map((bundler) => sum(seen, bundler)),
    '',
    `| library | ${Object.values(bundlers).join(' | ')} | |`,
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  await writeFile(join(import.meta.dirname, '../README.md'), text)
}

function wordOf(observation: Observation | undefined): string {
  return observation?.share ?? (observation?.error === undefined ? '?' : '–')
}

function sum(seen: Notes, bundler: BundlerName): string {
  const words = libraries.map(({ name }) => wordOf(seen[name]?.[bundler]))
  const count = (word: string) => words.filter((other) => other === word).length
  const parts = ['served', 'partly', 'not', 'inlined'].map((word) => `${count(word)} ${word}`)
  const unseen = count('?') === 0 ? '' : `; ? ${count('?')} not visited yet`
  return `- ${bundlers[bundler]}: ${parts.join(', ')} of ${libraries.length}${unseen}.`
}
