import { FFmpeg } from '@ffmpeg/ffmpeg'
import { toBlobURL } from '@ffmpeg/util'
import core from '@ffmpeg/core?url'
import wasm from '@ffmpeg/core/wasm?url'

const ffmpeg = new FFmpeg()
await ffmpeg.load({
  coreURL: await toBlobURL(core, 'text/javascript'),
  wasmURL: await toBlobURL(wasm, 'application/wasm'),
})
show(await ffmpeg.exec(['-version']))
