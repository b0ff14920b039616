#!/usr/bin/env node
import { OptionError } from '@wasm-cos/core'
import { CommandError } from '@wasm-cos/folder'
import { createCommands } from './commands/commands.ts'

try {
  const cli = createCommands((code) => (process.exitCode = code))
  cli.parse(process.argv, { run: false })
  if (cli.matchedCommand === undefined && !cli.options.help && !cli.options.version) {
    const [unknown] = cli.args
    if (unknown === undefined) cli.outputHelp()
    else throw new CommandError(`There is no command '${unknown}'. Run "wasm-cos --help".`)
    process.exitCode = 2
  }
  await cli.runMatchedCommand()
} catch (error) {
  process.exitCode = 2
  const isExplained = error instanceof CommandError || error instanceof OptionError || isUsageError(error)
  console.error(isExplained ? (error as Error).message : error)
}

/** The parser's own complaints: an unknown option, a missing argument. */
function isUsageError(error: unknown): boolean {
  return error instanceof Error && error.name === 'CACError'
}
