const load = () => WebAssembly.instantiateStreaming(fetch(new URL('./answer.wasm', import.meta.url)))

addEventListener('message', async ({ data }) => {
  // hack, we want custom WASM URLs
  const original = globalThis.fetch
  globalThis.fetch = () => original(data)
  const { instance } = await load()
  postMessage(instance.exports.answer())
})
