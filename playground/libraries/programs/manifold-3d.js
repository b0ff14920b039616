import Module from 'manifold-3d'
import url from 'manifold-3d/manifold.wasm?url'

const wasm = await Module({ locateFile: () => url })
wasm.setup()
show(wasm.Manifold.cube().numVert())
