import url from './answer.wasm?url'
import { show } from './show.js'

const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
show(instance.exports.answer())
