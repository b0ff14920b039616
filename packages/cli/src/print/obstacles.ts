import { join } from 'node:path'
import type { Ansis } from 'ansis'
import type { Obstacle } from '@wasm-cos/folder'

/** What a server knows of a file. */
const knowledge = {
  name: 'is part of a server build and names',
  size: 'knows the size of',
  digest: 'is part of a server build and carries a digest of',
}

/**
 * Why nothing was changed, and what to do, for people.
 *
 * @param command The command as it was called: `inject dist`.
 * @param given The flags that were given with it.
 */
export function obstaclesInWords(
  obstacles: Obstacle[],
  command: string,
  given: string[],
  colours: Ansis,
): string[] {
  return [
    `${colours.red('refused')} Nothing was changed, because the edits would break something else:`,
    ...obstacles.map((obstacle) => `  ${sentence(obstacle)}`),
    ...remedies(obstacles, command, given),
  ]
}

function remedies(obstacles: Obstacle[], command: string, given: string[]): string[] {
  const flags = [...new Set([...given, ...obstacles.flatMap(({ flag }) => flag ?? [])])]
  const line = (...more: string[]) => ['wasm-cos', command, ...more].join(' ')
  const server = obstacles.filter(({ kind }) => kind === 'server')
  if (server.some(({ reason }) => reason !== 'name')) {
    return [
      'The server of this build knows its files: no command can edit them afterwards. Add the plugin of the bundler to the build (in Nuxt: to vite.plugins in nuxt.config).',
    ]
  }
  if (server.length > 0) {
    const up = Math.max(...server.map(({ in: where }) => where.split('../').length - 1))
    const [verb, folder] = [command.slice(0, command.indexOf(' ')), command.slice(command.indexOf(' ') + 1)]
    return [
      `Run it on the whole build: wasm-cos ${[verb, join(folder, '../'.repeat(up)).replace(/[\\/]$/, ''), ...new Set([...flags, '--rename'])].join(' ')}`,
      `Or under the names they have, which browsers may have cached: ${line('--force', ...flags.filter((flag) => flag !== '--rename'))}`,
    ]
  }
  if (obstacles.every(({ flag }) => flag !== undefined)) return [`This mends it: ${line(...flags)}`]
  const isNamed = obstacles.some(({ kind }) => kind === 'name-in-use')
  return [
    ...(isNamed
      ? [
          'Files whose names cannot change are best edited while they are built: add the plugin of the bundler to the build.',
        ]
      : []),
    `To change the files all the same: ${line('--force', ...flags)}`,
  ]
}

function sentence({ kind, file, in: where, flag, reason }: Obstacle): string {
  switch (kind) {
    case 'server':
      return `${where} ${knowledge[reason as keyof typeof knowledge]} ${file}, so that the site would not load`
    case 'name-in-use':
      return reason === 'unnamed'
        ? `${file} has a hash of its content in its name, and nothing in the folder names it: what does would ask for the old name`
        : `${file} has a hash of its content in its name, which ${where} puts together at run time`
    case 'integrity':
      return `${where} carries the integrity of ${file}`
    case 'revision':
      return flag === undefined
        ? `${where} lists ${file} with a revision of its own making, which has to change with it: run its generator again afterwards`
        : `${where} carries a digest of ${file}, as a service worker's list does`
    case 'compressed':
      return flag === undefined
        ? `${where} is a compressed copy of ${file}, which has to be made anew by your own tool`
        : `${where} is a compressed copy of ${file}`
    case 'hashed-name':
      return `${file} has a hash of its content in its name`
  }
}
