import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Reads a build's output: every file by its path, sorted. */
export async function readOutput(outDir: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const files = await Promise.all(paths.toSorted().map(async (path) => [path, await readFile(path)] as const))
  return new Map(files.map(([path, bytes]) => [path.slice(outDir.length + 1), bytes]))
}

/** The files of an output whose names end like this, as text. */
export function textsOf(output: Map<string, Buffer>, ending: string): [fileName: string, text: string][] {
  return [...output]
    .filter(([name]) => name.endsWith(ending))
    .map(([name, bytes]) => [name, bytes.toString()])
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The hashes that a chunk carries in constants named `wasmHash`, of the shape that the design gives them. */
export function embeddedHashes(code: string): string[] {
  const constant =
    /\bconst wasmHash\d* ?= ?\{ ?algorithm: ?["']SHA-256["'], ?value: ?["']([0-9a-f]{64})["'] ?\}/g
  return [...code.matchAll(constant)].map((match) => match[1]!)
}
