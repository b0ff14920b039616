import { OptionError, SourceMapError } from '@wasm-cos/core'
import { FolderError } from '@wasm-cos/folder'
import { CommandError } from './command-error.ts'
import { commandLine } from './commands/command-line.ts'
import { createCommands } from './commands/commands.ts'

/**
 * Runs a command and prints what it has to say.
 *
 * @param args What stands on the command line behind `wasm-cos`.
 * @returns The exit code: 0, good; 1, found something; 2, could not run.
 */
export async function main(args: string[]): Promise<0 | 1 | 2> {
  let exitCode: 0 | 1 | 2 = 0
  try {
    const cli = createCommands((code) => (exitCode = code))
    cli.parse(['node', 'wasm-cos', ...commandLine(args)], { run: false })
    if (cli.matchedCommand === undefined && !cli.options.help && !cli.options.version) {
      const [unknown] = cli.args
      if (unknown !== undefined) {
        throw new CommandError(`There is no command '${unknown}'. Run "wasm-cos --help".`)
      }
      cli.outputHelp()
      return 2
    }
    await cli.runMatchedCommand()
    return exitCode
  } catch (error) {
    const isExplained =
      [CommandError, FolderError, OptionError, SourceMapError].some((kind) => error instanceof kind) ||
      isUsageError(error)
    console.error(isExplained ? inWords(error as Error) : isRefusal(error) ? refused(error) : error)
    return 2
  }
}

/** What is wrong and what to do. */
function inWords({ message }: Error): string {
  return message.startsWith('Unused args')
    ? `${message}. A command takes one folder, and --manifest its value behind "=": --manifest=file.json.`
    : message
}

/** Whether the system has refused to read or write a file, or has no room for one. */
function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException | null)?.code ?? '')
}

/** The system's words name the file and what was tried. */
function refused({ code, message }: NodeJS.ErrnoException): string {
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return isFull
    ? `${message}. The command writes beside what it changes: it needs room for that.`
    : `${message}. The command reads every text of a folder and writes beside what it changes: let it, or give it a copy.`
}

/** The parser's own complaints: an unknown option, a missing argument. */
function isUsageError(error: unknown): boolean {
  return error instanceof Error && error.name === 'CACError'
}
