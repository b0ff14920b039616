self.addEventListener('message', async ({ data: url }) => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
  self.postMessage(instance.exports.answer())
})
