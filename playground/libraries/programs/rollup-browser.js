import { rollup } from '@rollup/browser'

const main = { resolveId: (id) => id, load: () => 'const a = 42; show(a)' }
const bundle = await rollup({ input: 'main', plugins: [main] })
const { output } = await bundle.generate({})
show(output[0].code.split(' show')[0].trim())
