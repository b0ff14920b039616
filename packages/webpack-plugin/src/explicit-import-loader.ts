/* oxlint-disable oxc/no-this-in-exported-function -- the interface of loaders */
import { basename } from 'node:path'
import { explicitImportModule } from '@wasm-cos/core/setup'

/** What the loader uses of webpack's and Rspack's loader context. */
interface LoaderContext {
  resourcePath: string
  fs: {
    readFile(path: string, done: (error?: Error | null, content?: string | Buffer) => void): void
  }
  addDependency(path: string): void
  async(): (error: Error | null, code?: string) => void
}

/**
 * Makes the module that `./x.wasm?cos` stands for.
 *
 * @see https://webpack.js.org/api/loaders/#pitching-loader
 */
export function pitch(this: LoaderContext): void {
  const done = this.async()
  const { resourcePath } = this
  this.addDependency(resourcePath)
  this.fs.readFile(resourcePath, (error, content) => {
    if (content === undefined) return done(error ?? new Error(`${resourcePath} cannot be read.`))
    done(null, explicitImportModule(Buffer.from(content), urlOf(resourcePath)))
  })
}

function urlOf(path: string): string {
  const specifier = JSON.stringify(`./${basename(path)}`)
  return `const url = /* @__PURE__ */ String(/* @__PURE__ */ new URL(${specifier}, import.meta.url))`
}
