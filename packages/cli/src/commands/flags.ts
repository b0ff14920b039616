import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { absoluteUrl } from '@wasm-cos/core'
import type { RewriteOptions } from '@wasm-cos/folder'
import type { Command } from 'cac'
import { CommandError } from '../command-error.ts'
import { quoted } from '../print/quoted.ts'
import type { OptionFlags } from './settings.ts'

/** What stands on the command line behind a command. */
export interface Flags extends OptionFlags, Partial<RewriteOptions> {
  json?: boolean
  project?: string
  publicUrl?: string
  huggingFace?: boolean
  html?: string
}

/** What the commands that change files have in common. */
export function addRewriteOptions(command: Command): Command {
  return command
    .option('--update-integrity', 'Make integrity attributes, import maps and policies fit the changed files')
    .option('--update-revisions', "Make digests in service workers' lists fit the changed files")
    .option('--recompress', 'Compress .gz and .br copies of changed files anew')
    .option(
      '--rename',
      'Give changed files with a content hash in their name a new one, and rewrite every reference',
    )
    .option('--force', 'Change files although one of these would be needed')
    .option('--json', 'Print JSON')
}

/** What the commands that look at dependencies have in common. */
export function addProject(command: Command): Command {
  return command.option(
    '--project <dir>',
    'The folder of package.json, whose dependencies are looked through (default: .)',
  )
}

/**
 * The folder of the project.
 *
 * @throws {CommandError} If there is none.
 */
export function projectOf({ project = '.' }: Flags): string {
  const path = resolve(project)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CommandError(`--project ${project}: there is no such folder.`)
  return path
}

/**
 * Where the folder is served from, where that was given.
 *
 * @throws {CommandError} If it says neither an origin nor a path on one.
 */
export function publicUrlOf({ publicUrl }: Flags): string | undefined {
  if (publicUrl !== undefined && absoluteUrl(String(publicUrl)) === undefined)
    throw new CommandError(
      `--public-url is '${publicUrl}': give a URL ("https://cdn.example/app/"), or a path that begins with a slash ("/app/").`,
    )
  return publicUrl
}

/** Which of the options were given. */
export function rewriteOptions(flags: Flags): RewriteOptions {
  const {
    updateIntegrity = false,
    updateRevisions = false,
    recompress = false,
    rename = false,
    force = false,
  } = flags
  return { updateIntegrity, updateRevisions, recompress, rename, force }
}

/** The name of the manifest, where one was given. */
export function manifestNameOf({ manifest }: Flags): string | undefined {
  return typeof manifest === 'string' ? manifest : undefined
}

/** The flags that were given to a command that changes files, as they are written. */
export function givenFlags(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    if (name === '--' || name === 'force' || value === false) return []
    if (value === true || (name === 'manifest' && value === 'true')) return [flag]
    const values = Array.isArray(value) ? value : [value]
    return values.map((text) => `${flag}${name === 'manifest' ? '=' : ' '}${quoted(String(text))}`)
  })
}
