export default { compilation: { persistentCache: false, assets: { include: ['wasm'] } } }
