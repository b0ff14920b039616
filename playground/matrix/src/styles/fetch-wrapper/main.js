import { show } from './show.js'

// What tracing libraries do, bundled into the chunk that loads.
const original = window.fetch
const seen = []
window.fetch = (...args) => {
  seen.push(String(args[0]))
  return original(...args)
}

const { instance } = await WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))
show(`${instance.exports.answer()}, saw ${seen.length}`)
