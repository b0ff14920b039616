import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { onTestFinished, vi } from 'vitest'
import { main } from '../main.ts'

/** The command, as it is published. */
export const command: string = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** A folder that is nobody's project. */
process.chdir(tmpdir())

export interface Run {
  code: number
  stdout: string
  stderr: string
}

/** Runs `wasm-cos` in this process, as its file does in one of its own, and waits for it. */
export async function run(...args: string[]): Promise<Run> {
  const printed = { stdout: '', stderr: '' }
  const spies = (['log', 'info', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((...values) => {
      printed[method === 'error' ? 'stderr' : 'stdout'] += `${format(...values)}\n`
    }),
  )
  try {
    return { code: await main(args), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

/** Runs Node and waits for it; a process that was killed has the code -1. */
export function runNode(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: tmpdir(), maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
  })
}

export type Files = Record<string, string | Uint8Array>

/** A folder with these files that is gone after the test. */
export function makeFolder(files: Files): string {
  const parent = mkdtempSync(join(tmpdir(), 'wasm-cos-cli-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  // The command looks at the files beside a folder, and beside the one above: those of the system's folder are nobody's.
  const folder = join(parent, 'projects', 'project')
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** Every file of a folder by name, as Latin-1 so that bytes can be compared. */
export function readAll(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'latin1')]),
  )
}
