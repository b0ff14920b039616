import brotliPromise from 'brotli-wasm'

const brotli = await brotliPromise
show(new TextDecoder().decode(brotli.decompress(brotli.compress(new TextEncoder().encode('abc')))))
