import { join } from 'node:path'
import type { Ansis } from 'ansis'
import { type Obstacle, sentenceOf } from '@wasm-cos/folder'

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
    ...obstacles.map((obstacle) => `  ${sentenceOf(obstacle)}`),
    ...remedies(obstacles, command, given),
  ]
}

function remedies(obstacles: Obstacle[], command: string, given: string[]): string[] {
  const flags = [...new Set([...given, ...obstacles.flatMap(({ flag }) => flag ?? [])])]
  const line = (...more: string[]) => ['wasm-cos', command, ...more].join(' ')
  const server = obstacles.filter(({ kind }) => kind === 'server')
  if (server.some(({ reason }) => reason !== 'name')) {
    return [
      "The server of this build knows its files: no command can edit them afterwards. Add the plugin of the bundler to the build (in Nuxt: the module '@wasm-cos/vite-plugin/nuxt').",
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
