import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fatesOf, kindsOfFile } from './fates.ts'
import { frameworks } from './frameworks.ts'
import { type Observation, readSeen } from './seen.ts'

const introduction = `# Frameworks

Each row is the smallest application in \`apps/\` that loads one wasm file which the framework bundles, one of its public folder, and one by glue of
that folder (a script beside its wasm, in a \`<script>\`). It is built by the framework's own command with wasm-cos, and visited in Chromium
without Cross-Origin Storage, with it for the first time, and on another origin that finds what the first one stored. **Served**: the third
visit makes no request for it.

\`pnpm frameworks\` installs them into \`.cache\`, builds, starts and visits them all and writes this page from what it saw;
\`pnpm frameworks <name>\` does one. \`npm test\` does those marked *.

| framework | wasm-cos by | bundled, static | public, static | glue, static | bundled, server | public, server | glue, server | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
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

/** What became of the files in one kind of output. */
function wordsOf(observation: Observation | undefined, exists: boolean): string[] {
  if (!exists) return kindsOfFile.map(() => '')
  if (observation?.requests === undefined) return kindsOfFile.map(() => '?')
  const fates = fatesOf(observation.requests)
  return kindsOfFile.map((kind) => fates[kind])
}
