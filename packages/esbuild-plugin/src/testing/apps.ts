import type { BuildOptions } from 'esbuild'
import { answerWasm, load, show } from './project.ts'

/** A script that loads a file. */
export const answerApp: Record<string, string | Uint8Array> = {
  'src/answer.wasm': answerWasm(42),
  'src/load.js': load,
  'src/show.js': show,
  'src/main.js': `
    import url from './answer.wasm'
    import { load } from './load.js'
    import { show } from './show.js'
    show(() => load(url))
  `,
}

/** Entries that share chunks, of which two mention each other and one has nothing to do with wasm. */
export const chunksApp: Record<string, string | Uint8Array> = {
  ...answerApp,
  'src/main.js': `
    import { load } from './load.js'
    import { show } from './show.js'
    export const compute = async () => load((await import('./lazy.js')).url)
    show(compute)
  `,
  'src/second.js': `
    import { load } from './load.js'
    import('./lazy.js').then(({ url }) => load(url))
  `,
  'src/lazy.js': `
    import url from './answer.wasm'
    export { url }
    export const back = () => import('./other.js')
    export const load = () => fetch(url)
  `,
  'src/other.js': `
    export const forth = () => import('./lazy.js')
  `,
  'src/plain.js': `
    export const plain = () => import('./plain-lazy.js')
  `,
  'src/plain-lazy.js': `
    export const text = 'nothing of wasm'
  `,
}

export const chunksOptions: BuildOptions = {
  entryPoints: ['src/main.js', 'src/second.js', 'src/plain.js'],
  splitting: true,
  format: 'esm',
  entryNames: '[dir]/[name]-[hash]',
}
