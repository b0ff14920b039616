import { createHash } from 'node:crypto'
import type { Content, MeasuredSourceFile } from '@wasm-cos/core'
import { EarlySources, measureBytes, type ResolvedOptions, stubFingerprint } from '@wasm-cos/core/setup'
import type { BundleHost } from './bundle-host.ts'

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
  async read(moduleIds: Iterable<string>, host: BundleHost): Promise<void> {
    const beside = await host.filesBeside()
    for (const module of await this.#early.measure(wasmPathsOf(moduleIds)))
      this.#modules.set(module.path, module)
    this.#beside = await Promise.all(beside.map(({ bytes }) => measureBytes(bytes)))
  }

  /** The wasm modules of a build, from which emitted files may come without the bundler saying so. */
  modulesOf(moduleIds: Iterable<string>): MeasuredSourceFile[] {
    return [...wasmPathsOf(moduleIds)].flatMap((path) => this.#modules.get(path) ?? [])
  }

  /** What names depend on that carry a hash: what will be injected, whatever order the modules were read in. */
  fingerprint(moduleIds: Iterable<string>, options: ResolvedOptions): string {
    const hashes = [...this.modulesOf(moduleIds), ...this.#beside].map(({ hash }) => hash.value)
    return createHash('sha256')
      .update([stubFingerprint(options), ...hashes.toSorted()].join())
      .digest('hex')
  }
}

function wasmPathsOf(moduleIds: Iterable<string>): Set<string> {
  const ids = [...moduleIds].filter((id) => id.includes('.wasm'))
  const paths = ids.map((id) => id.replace(/[?#].*$/, '').replace(/^\0/, ''))
  return new Set(paths.filter((path) => path.endsWith('.wasm')))
}
