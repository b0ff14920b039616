import type { Ansis } from 'ansis'
import type { Obstacle } from '@wasm-cos/folder'

/** Why nothing was changed, and what to do, for people. */
export function obstaclesInWords(obstacles: Obstacle[], colours: Ansis): string[] {
  const flags = new Set(obstacles.flatMap(({ flag }) => flag ?? []))
  const isMendable = obstacles.every(({ flag }) => flag !== undefined)
  const remedies = [
    ...(flags.size > 0
      ? [`${[...flags].join(' ')} ${isMendable ? 'mends this' : 'mends what can be mended'}`]
      : []),
    '--force changes the files all the same',
  ]
  return [
    `${colours.red('refused')} Nothing was changed, because the edits would break something else:`,
    ...obstacles.map((obstacle) => `  ${sentence(obstacle)}`),
    `${remedies.join('; ')}.`,
  ]
}

function sentence({ kind, file, in: where, flag }: Obstacle): string {
  switch (kind) {
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
