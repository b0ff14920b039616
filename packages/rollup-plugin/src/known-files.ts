import type { Content, MeasuredSourceFile } from '@wasm-cos/core'
import { EarlySources, measureBytes } from '@wasm-cos/core/setup'
import type { Bundler } from './bundler.ts'

/** The wasm files that a build has before it has output, hashed. */
export class KnownFiles {
  /** By path. Builds that run at the same time may share a plugin, and so this. */
  readonly #modules = new Map<string, MeasuredSourceFile>()
  readonly #early = new EarlySources()
  #beside: Content[] = []

  /** Begins to read a module if it is wasm, while the bundler is busy with others. */
  begin(moduleId: string): void {
    for (const path of wasmPathsOf([moduleId])) this.#early.begin(path)
  }

  /** Reads them, again in every build of a watcher. */
  async read(moduleIds: Iterable<string>, bundler: Bundler): Promise<void> {
    const beside = await bundler.filesBeside()
    for (const module of await this.#early.measure(wasmPathsOf(moduleIds)))
      this.#modules.set(module.path, module)
    this.#beside = await Promise.all(beside.map(({ bytes }) => measureBytes(bytes)))
  }

  /** The wasm modules of a build, from which emitted files may come without the bundler saying so. */
  modulesOf(moduleIds: Iterable<string>): MeasuredSourceFile[] {
    return [...wasmPathsOf(moduleIds)].flatMap((path) => this.#modules.get(path) ?? [])
  }

  /** The hashes of everything that may ship, whatever order it was read in. */
  hashesOf(moduleIds: Iterable<string>): string[] {
    return [...this.modulesOf(moduleIds), ...this.#beside].map(({ hash }) => hash.value).toSorted()
  }
}

function wasmPathsOf(moduleIds: Iterable<string>): Set<string> {
  const ids = [...moduleIds].filter((id) => id.includes('.wasm'))
  const paths = ids.map((id) => id.replace(/[?#].*$/, '').replace(/^\0/, ''))
  return new Set(paths.filter((path) => path.endsWith('.wasm')))
}
