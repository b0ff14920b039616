import { Ansis } from 'ansis'

/** Colours where a stream is a terminal that wants them; plain text elsewhere, in CI and in pipes too. */
export function coloursFor(stream: NodeJS.WriteStream): Ansis {
  const isWanted = stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb'
  return new Ansis(isWanted ? 1 : 0)
}
