import url from './answer-url.js'
import { show } from './show.js'
import InlineWorker from './worker.js?worker&inline'

const worker = new InlineWorker()
worker.addEventListener('message', ({ data }) => show(data))
worker.postMessage(new URL(url, location.href).href)
