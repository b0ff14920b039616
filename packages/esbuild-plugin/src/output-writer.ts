import { mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OutputFile } from 'esbuild'

/**
 * Writes the files that esbuild would have written. A file that did not change since the last build is not touched, and one
 * that is no longer emitted is removed.
 */
export class OutputWriter {
  #hashes = new Map<string, string>()

  /** Writes the files of a build. */
  async write(files: OutputFile[]): Promise<void> {
    const before = this.#hashes
    this.#hashes = new Map(files.map(({ path, hash }) => [path, hash]))
    const stale = [...before.keys()].filter((path) => !this.#hashes.has(path))
    await Promise.all([
      ...files.map(async (file) => {
        if (before.get(file.path) === file.hash && (await isOnDisk(file))) return
        await write(file)
      }),
      ...stale.map((path) => unlink(path).catch(() => undefined)),
    ])
  }
}

async function isOnDisk({ path, contents }: OutputFile): Promise<boolean> {
  try {
    return (await readFile(path)).equals(contents)
  } catch {
    return false
  }
}

async function write(file: OutputFile): Promise<void> {
  const { path, contents } = file
  // What a build without an output path writes.
  if (path === '<stdout>') {
    console.log(file.text.replace(/\n$/, ''))
    return
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, contents, { mode: isExecutable(path, contents) ? 0o777 : 0o666 })
}

function isExecutable(path: string, [first, second]: Uint8Array): boolean {
  return /\.[cm]?js$/.test(path) && first === 0x23 && second === 0x21
}
