self.addEventListener('message', async ({ data: { url, cosScript } }) => {
  if (cosScript) await import(/* @vite-ignore */ /* webpackIgnore: true */ cosScript)
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
  self.postMessage(instance.exports.answer())
})
