import Vips from 'wasm-vips'
import url from 'wasm-vips/vips.wasm?url'

const vips = await Vips({ dynamicLibraries: [], locateFile: () => url })
const image = vips.Image.black(6, 7)
show(`${image.width}x${image.height}`)
