import { decode, encode } from '@jsquash/jpeg'

const { width, height } = await decode(await encode(new ImageData(2, 3)))
show(`${width}x${height}`)
