import { scanImageData } from '@undecaf/zbar-wasm'

show((await scanImageData(new ImageData(8, 8))).length)
