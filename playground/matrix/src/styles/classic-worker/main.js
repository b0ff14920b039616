import { show } from './show.js'

const worker = new Worker(new URL('./classic-worker.js', import.meta.url))
worker.addEventListener('message', ({ data }) => show(data))
worker.addEventListener('error', ({ message }) => Promise.reject(new Error(message)))
// A page with Cross-Origin Storage by a script passes it on to its worker.
worker.postMessage(document.querySelector('script[src*="/cos.js"]')?.src)
