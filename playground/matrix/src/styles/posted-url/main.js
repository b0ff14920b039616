import url from './answer-url.js'
import { show } from './show.js'

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
worker.addEventListener('message', ({ data }) => show(data))
worker.addEventListener('error', ({ message }) => Promise.reject(new Error(message)))
// A page with Cross-Origin Storage by a script passes it on to its worker.
const cosScript = document.querySelector('script[src*="/cos.js"]')?.src
worker.postMessage({ url: new URL(url, location.href).href, cosScript })
