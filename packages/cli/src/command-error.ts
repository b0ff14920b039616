/** Why a command cannot run as it was given: a flag, a file or a folder that it names; shown without a stack. */
export class CommandError extends Error {
  override name = 'CommandError'
}
