import url from './answer-url.js'
import { show } from './show.js'

const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
show(instance.exports.answer())
