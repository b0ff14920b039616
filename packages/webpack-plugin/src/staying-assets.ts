import type { Asset, Compilation } from './webpack-types.ts'

/**
 * Copies of scripts that the bundler has made assets of (`new URL('./glue.js', import.meta.url)`), as they are before they are edited. A
 * server that renders pages may have their names from a compilation of its own, perhaps in another process, in which `RealContentHashPlugin` makes the names of what
 * is not edited: so do the copies get theirs.
 */
export class StayingAssets {
  readonly #compilation: Compilation
  /** The notes in the copies' `info`: names change. */
  readonly #notes = new Set<unknown>()
  #hidden: readonly Asset[] = []

  constructor(compilation: Compilation) {
    this.#compilation = compilation
  }

  /** Emits a copy of an asset that is going to be edited, if it is such a script. */
  copy({ name, source, info }: Asset): void {
    const [hash] = [info.contenthash ?? []].flat()
    if (hash === undefined || info.sourceFilename === undefined) return
    // One that stands nowhere else. The plugin puts the real one in its place.
    const standIn = [...hash].toReversed().join('')
    const note = `${name}, as it was`
    this.#notes.add(note)
    this.#compilation.emitAsset(name.replace(hash, standIn), source as never, {
      ...info,
      contenthash: Array.isArray(info.contenthash) ? [standIn] : standIn,
      wasmCos: note,
    })
  }

  /** Takes the copies away, once they have their names: what lists the assets for a service worker must not have browsers load them. */
  hide(): void {
    this.#hidden = this.#compilation
      .getAssets()
      .filter(({ info }) => this.#notes.has(info.wasmCos))
      // Rspack reads them when they are asked for, and knows none that was removed.
      .map(({ name, source, info }) => ({ name, source, info }))
    for (const { name } of this.#hidden) this.#compilation.deleteAsset(name)
  }

  /** Puts them back, and gives their names. */
  show(): string[] {
    for (const { name, source, info } of this.#hidden)
      this.#compilation.emitAsset(name, source as never, info)
    return this.#hidden.map(({ name }) => name)
  }
}
