import { DotLottie } from '@lottiefiles/dotlottie-web'
import url from '@lottiefiles/dotlottie-web/dotlottie-player.wasm?url'

DotLottie.setWasmUrl(url)
const data = { v: '5.7.0', fr: 24, ip: 0, op: 24, w: 4, h: 4, layers: [] }
const player = new DotLottie({ canvas: document.createElement('canvas'), data: JSON.stringify(data) })
player.addEventListener('load', () => show(player.totalFrames))
