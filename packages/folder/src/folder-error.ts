/** Why a command could not run; shown without a stack. */
export class CommandError extends Error {
  override name = 'CommandError'
}
