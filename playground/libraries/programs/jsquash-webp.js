import { decode, encode } from '@jsquash/webp'

const { width, height } = await decode(await encode(new ImageData(2, 3)))
show(`${width}x${height}`)
