import url from './answer-url.js'

self.addEventListener('message', async ({ data: cosScript }) => {
  if (cosScript) importScripts(cosScript)
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
  self.postMessage(instance.exports.answer())
})
