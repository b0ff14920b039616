/* oxlint-disable oxc/no-this-in-exported-function -- the interface of loaders */
import { basename } from 'node:path'
import { explicitImport, urlExpression } from '@wasm-cos/core/setup'

/** What the loader uses of webpack's and Rspack's loader context. */
interface LoaderContext {
  resourcePath: string
  resourceQuery: string
  fs: FileSystem
  addDependency(path: string): void
  async(): (error: Error | null, code?: string) => void
}

interface FileSystem {
  readFile(path: string, done: (error?: Error | null, content?: string | Buffer) => void): void
}

interface ImportContext {
  addWatchFile(path: string): void
  fs: FileSystem
}

const { load } = explicitImport<ImportContext>({
  read: ({ fs }, path) => read(fs, path),
  declareUrl: (_, path) => `const url = ${urlExpression(JSON.stringify(`./${basename(path)}`))}`,
})

/**
 * Loads the module that `./x.wasm?cos` stands for.
 *
 * @see https://webpack.js.org/api/loaders/#pitching-loader
 */
export function pitch(this: LoaderContext): void {
  const done = this.async()
  const { fs, resourcePath, resourceQuery } = this
  const context: ImportContext = { addWatchFile: (path) => this.addDependency(path), fs }
  load.handler.call(context, resourcePath + resourceQuery).then((module) => done(null, module?.code), done)
}

function read(fs: FileSystem, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    fs.readFile(path, (error, content) => {
      if (content === undefined) reject(error ?? new Error(`${path} cannot be read.`))
      else resolve(Buffer.from(content))
    })
  })
}
