import { FFmpeg } from '@ffmpeg/ffmpeg'
import { toBlobURL } from '@ffmpeg/util'

// webpack's worker is no module: it takes the core that its documentation gives to all but Vite.
const core = new URL('../../node_modules/@ffmpeg/core/dist/umd/ffmpeg-core.js', import.meta.url)
const wasm = new URL('../../node_modules/@ffmpeg/core/dist/umd/ffmpeg-core.wasm', import.meta.url)

const ffmpeg = new FFmpeg()
await ffmpeg.load({
  coreURL: await toBlobURL(String(core), 'text/javascript'),
  wasmURL: await toBlobURL(String(wasm), 'application/wasm'),
})
show(await ffmpeg.exec(['-version']))
