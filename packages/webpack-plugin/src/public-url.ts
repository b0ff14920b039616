import type { Compilation } from './webpack-types.ts'

/**
 * Where the output is served from, as `output.publicPath` says it: a URL, a path, or `auto`.
 *
 * @see https://webpack.js.org/configuration/output/#outputpublicpath
 */
export function publicUrlOf({ hash, outputOptions: { publicPath } }: Compilation): string | undefined {
  const path: unknown = typeof publicPath === 'function' ? publicPath({ hash }) : publicPath
  return typeof path === 'string' ? path : undefined
}
