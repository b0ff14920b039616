import decode from '@jsquash/png/decode'
import encode from '@jsquash/png/encode'

const { width, height } = await decode(await encode(new ImageData(2, 3)))
show(`${width}x${height}`)
