import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Writes files to a new folder in this package, so that its dependencies resolve; removed after the test. */
export async function createProject(files: Record<string, string | Uint8Array>): Promise<string> {
  await mkdir(join(root, '.cache'), { recursive: true })
  const folder = await mkdtemp(join(root, '.cache/project-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/**
 * A WebAssembly module with an export `answer()`.
 *
 * @param answer What it returns, 0 to 63.
 */
export function wasmModule(answer: number): Buffer {
  const module = Buffer.from(
    '0061736d010000000105016000017f03020100070a0106616e7377657200000a06010400412a0b',
    'hex',
  )
  module[module.length - 2] = answer
  return module
}

/** The files that a script's tables name. */
export function embeddedNames(code: string): string[] {
  return [...code.matchAll(/\["([^"]+)",\d+,wasmHash/g)].map((match) => match[1]!)
}

/** A build's files by name, sorted. */
export async function readOutput(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      paths.toSorted().map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const),
    ),
  )
}
