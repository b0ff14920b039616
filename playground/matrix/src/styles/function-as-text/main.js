import url from './answer-url.js'
import { show } from './show.js'

// Its text runs where the bundle is not: in an iframe, in a worker, in `new Function`.
const job = async (base) => (await fetch(base + '/')).status

const inFunction = () => new Function('base', `return (${job})(base)`)(location.origin)

function inWorker() {
  const code = `(${job})(${JSON.stringify(location.origin)}).then(postMessage)`
  const worker = new Worker(URL.createObjectURL(new Blob([code])))
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(message))
  })
}

function inFrame() {
  const frame = document.body.appendChild(document.createElement('iframe'))
  return frame.contentWindow.eval(`(${job})`)(location.origin)
}

const { instance } = await WebAssembly.instantiateStreaming(fetch(url))
show([instance.exports.answer(), await inFunction(), await inWorker(), await inFrame()])
