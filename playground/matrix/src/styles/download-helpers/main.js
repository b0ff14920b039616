import { show } from './show.js'

// Each helper downloads in a chunk that names neither WebAssembly nor a file; this one cannot.
const downloads = [
  async (url) => (await import('ofetch')).ofetch(url, { responseType: 'arrayBuffer' }),
  async (url) => (await import('ky')).default(url).arrayBuffer(),
  async (url) => new (await import('three')).FileLoader().setResponseType('arraybuffer').loadAsync(url),
  downloadWithRxjs,
  async (url) => {
    const { toBlobURL } = await import('@ffmpeg/util')
    return downloadWithRxjs(await toBlobURL(url, 'application/wasm'))
  },
]

async function downloadWithRxjs(url) {
  const [{ ajax }, { lastValueFrom }] = await Promise.all([import('rxjs/ajax'), import('rxjs')])
  const { response } = await lastValueFrom(ajax({ url, responseType: 'arraybuffer' }))
  return response
}

const urls = [
  new URL('./answer-1.wasm', import.meta.url),
  new URL('./answer-2.wasm', import.meta.url),
  new URL('./answer-3.wasm', import.meta.url),
  new URL('./answer-4.wasm', import.meta.url),
  new URL('./answer-5.wasm', import.meta.url),
]
const answers = await Promise.all(
  downloads.map(async (download, index) => {
    const { instance } = await WebAssembly.instantiate(await download(urls[index].href))
    return instance.exports.answer()
  }),
)
show(answers)
