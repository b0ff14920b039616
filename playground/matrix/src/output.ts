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
