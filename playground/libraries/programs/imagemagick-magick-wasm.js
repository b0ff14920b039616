import { initializeImageMagick, MagickColors, MagickImage } from '@imagemagick/magick-wasm'
import url from '@imagemagick/magick-wasm/magick.wasm?url'

await initializeImageMagick(new URL(url, location.href))
const image = MagickImage.create(MagickColors.Red, 6, 7)
show(`${image.width}x${image.height}`)
