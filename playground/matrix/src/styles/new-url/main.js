import { show } from './show.js'

const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
show(instance.exports.answer())
