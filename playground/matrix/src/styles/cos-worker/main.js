import { show } from './show.js'

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
worker.addEventListener('message', ({ data }) => show(data))
worker.addEventListener('error', ({ message }) => Promise.reject(new Error(message)))
