import CanvasKitInit from 'canvaskit-wasm'
import url from './canvaskit-url.js'
import { show } from './show.js'

const CanvasKit = await CanvasKitInit({ locateFile: () => url })
const surface = CanvasKit.MakeSurface(8, 8)
const canvas = surface.getCanvas()
canvas.clear(CanvasKit.Color(12, 34, 56, 1))
const info = {
  width: 1,
  height: 1,
  colorType: CanvasKit.ColorType.RGBA_8888,
  alphaType: CanvasKit.AlphaType.Unpremul,
  colorSpace: CanvasKit.ColorSpace.SRGB,
}
show(canvas.readPixels(4, 4, info).join())
