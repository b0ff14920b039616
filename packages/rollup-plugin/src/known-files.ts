import { createHash } from 'node:crypto'
import {
  measureSources,
  type ReadSourceFile,
  type ResolvedOptions,
  stubFingerprint,
} from '@wasm-cos/core/setup'
import type { BundleHost } from './bundle-host.ts'
import { readSources } from './read-sources.ts'

/** The wasm files that a build has before it has output, hashed. */
export class KnownFiles {
  /** By path. Builds that run at the same time may share a plugin, and so this. */
  readonly #modules = new Map<string, ReadSourceFile>()
  #beside: ReadSourceFile[] = []

  /** Reads them, again in every build of a watcher. */
  async read(moduleIds: Iterable<string>, host: BundleHost): Promise<void> {
    const beside = (await host.filesBeside()).flatMap(({ sources }) => sources)
    const [modules, measured] = await Promise.all([
      readSources(wasmPathsOf(moduleIds)).then(measureSources),
      measureSources(beside),
    ])
    for (const module of modules) this.#modules.set(module.path, module)
    this.#beside = measured
  }

  /** The wasm modules of a build, from which emitted files may come without the bundler saying so. */
  modulesOf(moduleIds: Iterable<string>): ReadSourceFile[] {
    return [...wasmPathsOf(moduleIds)].flatMap((path) => this.#modules.get(path) ?? [])
  }

  /** All there are, those included that ship beside the bundle. */
  get all(): ReadSourceFile[] {
    return [...this.#modules.values(), ...this.#beside]
  }
}

/** What names depend on that carry a hash: what will be injected. */
export function fingerprintOf(options: ResolvedOptions, files: ReadSourceFile[]): string {
  const hashes = files.map(({ hash }) => hash.value)
  return createHash('sha256')
    .update([stubFingerprint(options), ...hashes].join())
    .digest('hex')
}

function wasmPathsOf(moduleIds: Iterable<string>): Set<string> {
  const paths = Array.from(moduleIds, (id) => id.replace(/[?#].*$/, '').replace(/^\0/, ''))
  return new Set(paths.filter((path) => path.endsWith('.wasm')))
}
