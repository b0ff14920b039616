import MinimizerPlugin from 'minimizer-webpack-plugin'
import type { Configuration } from 'webpack'

/**
 * A configuration of webpack that minifies as webpack does by default, but on this thread: to start another one for each build
 * takes longer than to minify what a test builds.
 */
export function minifiedHere(configuration: Configuration): Configuration {
  const minimizer = new MinimizerPlugin({ parallel: false, minimizerOptions: { compress: { passes: 2 } } })
  return { ...configuration, optimization: { minimizer: [minimizer], ...configuration.optimization } }
}
