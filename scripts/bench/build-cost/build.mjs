import { bundlers } from './bundlers.mjs'

// A process of its own for every build: node build.mjs <bundler> <folder> <without | with | hash | hashAndParse>. It prints what it took.

const [name = '', folder = '', plugin] = process.argv.slice(2)
const bundler = bundlers[name]
if (bundler === undefined) throw new Error(`There is no bundler ${name}`)
await bundler.build(folder, /** @type {import('./bundlers.mjs').Variant} */ (plugin))

// Since the process began, so that loading the bundler and the plugin counts.
const milliseconds = performance.now()
const megabytes = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ milliseconds, megabytes }))
