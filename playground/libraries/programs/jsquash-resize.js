import resize from '@jsquash/resize'

const { width, height } = await resize(new ImageData(2, 3), { width: 4, height: 5 })
show(`${width}x${height}`)
