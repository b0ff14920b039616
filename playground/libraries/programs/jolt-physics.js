import initJolt from 'jolt-physics/wasm'
import url from 'jolt-physics/jolt-physics.wasm.wasm?url'

const Jolt = await initJolt({ locateFile: () => url })
show(new Jolt.Vec3(1, 2, 3).GetZ())
