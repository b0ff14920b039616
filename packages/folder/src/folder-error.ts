/** Why a folder cannot be read, edited or reported on, in words for the user: a command shows it without a stack. */
export class FolderError extends Error {
  override name = 'FolderError'
}
