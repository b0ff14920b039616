import { show } from './show.js'

const { instance } = await WebAssembly.instantiateStreaming(fetch('./answer.wasm'))
show(instance.exports.answer())
