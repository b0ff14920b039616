import { type Obstacle, sentenceOf } from '../write/obstacle.ts'

/** Says of a script that it was left as it is for an obstacle, and what to do. */
export function leftForObstacle(name: string, cause: Obstacle, path: string): string {
  return (
    `${name} loads wasm and was copied into the output; it was left as it is, since ${reasonOf(cause, name)}. ` +
    adviceOn(cause, path)
  )
}

/** Says of a script that it was left as it is, since a file that changes with it was written meanwhile. */
export function leftForWrite(name: string, writtenAnew: string, path: string): string {
  return (
    `${name} loads wasm and was copied into the output; it was left as it is, since ${writtenAnew} was written anew meanwhile. Where another ` +
    `build writes to the same folder, let one wait for the other, or run "npx wasm-cos inject" on ${path} once everything is built.`
  )
}

function reasonOf(cause: Obstacle, name: string): string {
  return cause.kind === 'hashed-name' && cause.file !== name
    ? `its name carries a hash of its content, and so does that of ${cause.file}, in which it stands`
    : sentenceOf(cause)
}

/** What to do about an obstacle. A server that knows the size of each file lets no command edit them afterwards. */
function adviceOn({ kind, reason }: Obstacle, path: string): string {
  if (reason === 'digest')
    return "Load the wasm in a module of the bundle, or exclude it with the option 'exclude'."
  const command = `"npx wasm-cos inject" on ${path} once everything is built.`
  return kind === 'hashed-name' || kind === 'name-in-use'
    ? `Ship it under a name without a hash, or run ${command}`
    : `Run ${command}`
}
