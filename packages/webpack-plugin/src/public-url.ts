import type { Compilation } from './webpack-like.ts'

/**
 * Where the output is served from, if `output.publicPath` says so with an absolute URL; only its origin matters.
 *
 * @see https://webpack.js.org/configuration/output/#outputpublicpath
 */
export function publicUrlOf({ hash, outputOptions: { publicPath } }: Compilation): string | undefined {
  const path: unknown = typeof publicPath === 'function' ? publicPath({ hash }) : publicPath
  return typeof path === 'string' ? /^(https?:)?\/\/[^/]+/.exec(path)?.[0] : undefined
}
