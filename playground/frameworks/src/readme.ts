import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { frameworks } from './frameworks.ts'
import { type Observation, readSeen } from './seen.ts'

const introduction = `# Frameworks

Each row is the smallest application in \`apps/\` that loads one wasm file which the framework bundles and one of its
public folder, built by the framework's own command with wasm-cos, and visited in Chromium without Cross-Origin Storage, with it for the first
time, and on another origin that finds what the first one stored. **Served**: the third visit makes no request for it.

\`pnpm frameworks\` installs them into \`.cache\`, builds, starts and visits them all and writes this page from what it saw;
\`pnpm frameworks <name>\` does one. \`npm test\` does those marked *.

| framework | wasm-cos by | bundled, static | public, static | bundled, server | public, server | |
| --- | --- | --- | --- | --- | --- | --- |
`

/** Writes README.md from what was seen; what was not is a question mark. */
export async function writeReadme(): Promise<void> {
  const seen = readSeen()
  const rows = frameworks.map(({ name, by, site, hasServer, isQuick, why }) => {
    const cells = (['static', 'server'] as const).flatMap((kind) =>
      wordsOf(seen[name]?.[kind], kind === 'static' ? site !== undefined : hasServer === true),
    )
    return `| ${name}${isQuick ? ' \\*' : ''} | ${by} | ${cells.join(' | ')} | ${why ?? ''} |\n`
  })
  await writeFile(join(import.meta.dirname, '../README.md'), introduction + rows.join(''))
}

/** What became of the two files in one kind of output. */
function wordsOf(observation: Observation | undefined, exists: boolean): [string, string] {
  if (!exists) return ['', '']
  if (observation?.requests === undefined) return ['?', '?']
  const { hit } = observation.requests
  const isShipped = (path: string) => path.endsWith('/shipped.wasm')
  return [hit.some((path) => !isShipped(path)) ? 'not' : 'served', hit.some(isShipped) ? 'not' : 'served']
}
