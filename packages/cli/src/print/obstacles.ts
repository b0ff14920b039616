import { join } from 'node:path'
import type { Ansis } from 'ansis'
import { type Obstacle, sentenceOf } from '@wasm-cos/folder'
import { quoted } from './quoted.ts'

/** A command as it was called. */
interface Called {
  verb: 'inject' | 'repair'
  folder: string
  /** Its flags, as they are written. */
  given: string[]
}

/** Why nothing was changed, and what to do, for people. */
export function obstaclesInWords(obstacles: Obstacle[], called: Called, colours: Ansis): string[] {
  return [
    `${colours.red('refused')} Nothing was changed, because the edits would break something else:`,
    ...obstacles.map((obstacle) => `  ${sentenceOf(obstacle)}`),
    ...remedies(obstacles, called),
  ]
}

/** What `dotnet publish` writes beside `wwwroot`, for `MapStaticAssets`. */
const listOfDotNet = /\.staticwebassets\.endpoints\.json$/

function remedies(obstacles: Obstacle[], { verb, folder, given }: Called): string[] {
  const flags = [...new Set([...given, ...obstacles.flatMap(({ flag }) => flag ?? [])])]
  const commandOn = (path: string, more: string[]) => ['wasm-cos', verb, quoted(path), ...more].join(' ')
  const line = (...more: string[]) => commandOn(folder, more)
  const server = obstacles.filter(({ kind }) => kind === 'server')
  if (server.some(({ reason }) => reason !== 'name')) {
    if (server.every(({ in: where }) => listOfDotNet.test(where))) {
      return [
        'ASP.NET Core serves the files as this list has them: no command can edit them afterwards. A host of static files does not read it: ' +
          "for that, give the command a copy of 'wwwroot' away from the list.",
      ]
    }
    return [
      "The server of this build knows its files: no command can edit them afterwards. Add the plugin of the bundler to the build (in Nuxt: the module '@wasm-cos/vite-plugin/nuxt').",
      'If that is the server of another build, which has files of its own, run the command on a copy of the folder away from it.',
    ]
  }
  if (server.length > 0) {
    const up = Math.max(...server.map(({ in: where }) => where.split('../').length - 1))
    const whole = join(folder, '../'.repeat(up)).replace(/[\\/]$/, '')
    return [
      `Run it on the whole build: ${commandOn(whole, [...new Set([...flags, '--rename'])])}`,
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
