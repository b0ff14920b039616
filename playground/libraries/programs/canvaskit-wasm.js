import CanvasKitInit from 'canvaskit-wasm'
import url from 'canvaskit-wasm/bin/canvaskit.wasm?url'

const CanvasKit = await CanvasKitInit({ locateFile: () => url })
const surface = CanvasKit.MakeSurface(2, 2)
surface.getCanvas().clear(CanvasKit.Color(1, 2, 3, 1))
const image = surface.makeImageSnapshot()
show(
  image
    .readPixels(0, 0, {
      ...image.getImageInfo(),
      colorType: CanvasKit.ColorType.RGBA_8888,
      colorSpace: CanvasKit.ColorSpace.SRGB,
    })
    .slice(0, 3),
)
