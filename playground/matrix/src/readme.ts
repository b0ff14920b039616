import { columns } from './bundlers.ts'
import { markdownOf } from './markdown.ts'
import { styles } from './table.ts'

/** The text of `README.md`. */
export const readme = `# Every bundler, every way of loading wasm

Each tick is a small application in \`src/styles\`, built with the bundler as its users wire it (\`src/bundlers\`) and
wasm-cos, and run in Chromium by \`src/__tests__/matrix.browser.test.ts\`: it computes the right result with one plain
request for its wasm where the browser has no Cross-Origin Storage, with one on a first visit, and with none where
another origin has stored the file, or on a reload. A footnote says why there is nothing to test. esbuild by itself does not
bundle \`new URL('./x.wasm', import.meta.url)\`, in libraries neither: there, wasm-cos does. Farm and Bun have their plugins in
\`unplugin-wasm-cos\`.

${markdownOf(styles, columns)}
This file is written from \`src/table.ts\` by \`npx vitest run --config vitest.workspace.ts --project matrix readme -u\`.
`
