// Glue as libraries ship it: a classic script that finds its wasm by its own URL.
const { src } = document.currentScript
globalThis.glued = WebAssembly.instantiateStreaming(fetch(new URL('glued.wasm', src)))
