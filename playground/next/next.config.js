import { fileURLToPath } from 'node:url'

/** A static site. sql.js looks for Node's modules, which the browser's part of a build does not have. */
export default {
  output: 'export',
  turbopack: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    resolveAlias: {
      crypto: { browser: './empty.js' },
      fs: { browser: './empty.js' },
      path: { browser: './empty.js' },
    },
  },
}
