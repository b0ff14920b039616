import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ContentId, HashedSourceFile } from '@wasm-cos/core'
import { EarlySources } from '@wasm-cos/core/setup'
import type { Bundler } from './bundler.ts'

/** The part of a hook's context that finds a file as an import would. */
interface Resolver {
  resolve(source: string, importer: string): Promise<{ id: string } | null>
}

/** The wasm files that a build has before it has output, hashed. */
export class WasmInputs {
  /** By path. Builds that run at the same time may share a plugin, and so this. */
  readonly #modules = new Map<string, HashedSourceFile>()
  readonly #early = new EarlySources()
  /** Paths, by the module that names them. */
  readonly #named = new Map<string, Set<string>>()
  #namedContents: ContentId[] = []
  #beside: ContentId[] = []

  /** Begins to read a module if it is wasm, while the bundler is busy with others. */
  begin(moduleId: string): void {
    for (const path of wasmPathsOf([moduleId])) this.#early.begin(path)
  }

  /**
   * Begins to read the wasm files that a module names, as in `new URL('./x.wasm', import.meta.url)`: what other plugins make
   * of that is known when there is output, after chunks have got their names.
   */
  async beginNamed(code: string, id: string, context: Resolver): Promise<void> {
    const named = new Set<string>()
    this.#named.set(id, named)
    for (const [, name] of code.matchAll(/["'`]([^"'`\s:?#]+\.wasm)(?:[?#][^"'`\s]*)?["'`]/g)) {
      const beside = resolve(dirname(id.replace(/[?#].*$/, '')), name!)
      const path = existsSync(beside) ? beside : await resolved(name!, id, context)
      if (path === undefined) continue
      for (const wasm of wasmPathsOf([path])) {
        named.add(wasm)
        this.#early.begin(wasm)
      }
    }
  }

  /** Forgets what a changed file named: a bundler that watches transforms it again, and no other one. */
  forget(path: string): void {
    for (const id of this.#named.keys()) if (id.replace(/[?#].*$/, '') === path) this.#named.delete(id)
  }

  /** Hashes all wasm files that the build has so far; in a watcher, once more in each build. */
  async read(moduleIds: Iterable<string>, bundler: Bundler): Promise<void> {
    const ids = new Set(moduleIds)
    const named = [...this.#named].flatMap(([id, paths]) => (ids.has(id) ? [...paths] : []))
    const beside = await bundler.filesBeside()
    for (const module of await this.#early.hash(wasmPathsOf(ids))) this.#modules.set(module.path, module)
    this.#namedContents = await this.#early.hash(new Set(named))
    this.#beside = beside
  }

  /** The wasm modules of a build, from which emitted files may come without the bundler saying so. */
  modulesOf(moduleIds: Iterable<string>): HashedSourceFile[] {
    return [...wasmPathsOf(moduleIds)].flatMap((path) => this.#modules.get(path) ?? [])
  }

  /** The hashes of all wasm files that may ship, sorted, so that they do not depend on the order of reading. */
  hashesOf(moduleIds: Iterable<string>): string[] {
    const contents = [...this.modulesOf(moduleIds), ...this.#namedContents, ...this.#beside]
    return [...new Set(contents.map(({ hash }) => hash.value))].toSorted()
  }
}

/** What a name is resolved to. What fails was asked here alone: where an import needs the file, the bundler asks itself. */
async function resolved(name: string, importer: string, context: Resolver): Promise<string | undefined> {
  try {
    return (await context.resolve(name, importer))?.id
  } catch {
    return undefined
  }
}

function wasmPathsOf(moduleIds: Iterable<string>): Set<string> {
  const ids = [...moduleIds].filter((id) => id.includes('.wasm'))
  const paths = ids.map((id) => id.replace(/[?#].*$/, '').replace(/^\0/, ''))
  return new Set(paths.filter((path) => path.endsWith('.wasm')))
}
