import init, { compile, instantiate, url, wasmHash } from './answer.wasm?cos'
import { show } from './show.js'

/** Has a worker run a compiled module. */
function runInWorker(module) {
  const source = `self.onmessage = async ({ data }) => {
    const { exports } = await WebAssembly.instantiate(data)
    self.postMessage(exports.answer())
  }`
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage(module)
  })
}

async function hashOf(response) {
  const digest = await crypto.subtle.digest(wasmHash.algorithm, await response.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const instance = await init({})
const both = await instantiate()
const module = await compile()
show(
  JSON.stringify({
    init: instance instanceof WebAssembly.Instance && instance.exports.answer(),
    instantiate: both.module instanceof WebAssembly.Module && both.instance.exports.answer(),
    compile: module instanceof WebAssembly.Module && (await runInWorker(module)),
    wasmHash: Object.keys(wasmHash).join() + (wasmHash.value === (await hashOf(await fetch(url)))),
  }),
)
