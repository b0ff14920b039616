import decodePng, { init } from '@jsquash/png/decode.js'
import { show } from './show.js'

await init()
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const { width, height } = await decodePng(Uint8Array.from(atob(png), (char) => char.charCodeAt(0)).buffer)
show(`${width} × ${height}`)
