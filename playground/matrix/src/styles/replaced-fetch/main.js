import { show } from './show.js'

// As in jassub: the worker's own script decides what is fetched, whatever its glue asks for.
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
worker.addEventListener('message', ({ data }) => show(data))
worker.postMessage(new URL('./chosen.wasm', import.meta.url).href)
