import { show } from './show.js'

// Each helper fetches in a chunk that names neither WebAssembly nor a file; this one cannot fetch.
const downloads = [
  async (url) => (await import('ofetch')).ofetch(url, { responseType: 'arrayBuffer' }),
  async (url) => (await import('ky')).default(url).arrayBuffer(),
  async (url) => new (await import('three')).FileLoader().setResponseType('arraybuffer').loadAsync(url),
  async (url) => {
    const { toBlobURL } = await import('@ffmpeg/util')
    return read(await toBlobURL(url, 'application/wasm'))
  },
]

function read(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.responseType = 'arraybuffer'
    request.addEventListener('load', () => resolve(request.response))
    request.addEventListener('error', reject)
    request.send()
  })
}

const urls = [
  new URL('./answer-1.wasm', import.meta.url),
  new URL('./answer-2.wasm', import.meta.url),
  new URL('./answer-3.wasm', import.meta.url),
  new URL('./answer-4.wasm', import.meta.url),
]
const answers = await Promise.all(
  downloads.map(async (download, index) => {
    const { instance } = await WebAssembly.instantiate(await download(urls[index].href))
    return instance.exports.answer()
  }),
)
show(answers)
