import url from './answer-url.js'

// Written anew after `createWasmInstantiator` of Flutter 3.44's loader, which knows the first name of the method; Flutter is on
// no registry that is reached here. Its build writes the hash.
const hash = { algorithm: 'SHA-256', value: 'HASH_OF_THE_FILE' }

function instantiatorOf(url) {
  const isSupported =
    'crossOriginStorage' in navigator && 'requestFileHandles' in navigator.crossOriginStorage
  const find = async () => {
    try {
      const [handle] = await navigator.crossOriginStorage.requestFileHandles([hash])
      return new Response(await handle.getFile(), { headers: { 'Content-Type': 'application/wasm' } })
    } catch {
      return undefined
    }
  }
  const respond = async () => {
    const found = isSupported ? await find() : undefined
    if (found) return found
    const response = await fetch(url)
    if (isSupported && response.ok) {
      const copy = response.clone()
      void (async () => {
        const blob = await copy.blob()
        const [handle] = await navigator.crossOriginStorage.requestFileHandles([hash], { create: true })
        const writable = await handle.createWritable()
        await writable.write(blob)
        await writable.close()
      })()
    }
    return response
  }
  const compiled = WebAssembly.compileStreaming(respond())
  return (imports, done) => {
    void compiled.then(async (module) => done(await WebAssembly.instantiate(module, imports), module))
    return {}
  }
}

export const load = () =>
  new Promise((resolve) => {
    instantiatorOf(url)({}, ({ exports }) => resolve(exports.answer()))
  })
