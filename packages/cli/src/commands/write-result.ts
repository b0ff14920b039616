import { writeFile } from 'node:fs/promises'
import { CommandError } from '../command-error.ts'

/**
 * Writes a file that the user has named.
 *
 * @param flag The flag that names it, for the message.
 * @throws {CommandError} If it cannot be written.
 */
export async function writeResult(flag: string, file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (error) {
    throw new CommandError(`${flag}: ${file} cannot be written (${(error as Error).message}).`)
  }
}
