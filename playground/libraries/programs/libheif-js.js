import libheif from 'libheif-js/libheif-wasm/libheif.js'
import url from 'libheif-js/libheif-wasm/libheif.wasm?url'

const { HeifDecoder } = libheif({ wasmBinary: await (await fetch(url)).arrayBuffer() })
show(new HeifDecoder().decode(new Uint8Array(4)).length)
