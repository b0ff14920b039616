import { compress, decompress, init } from '@bokuweb/zstd-wasm'

await init()
show(new TextDecoder().decode(decompress(compress(new TextEncoder().encode('abc')))))
