import HavokPhysics from '@babylonjs/havok'
import url from '@babylonjs/havok/lib/esm/HavokPhysics.wasm?url'

const havok = await HavokPhysics({ locateFile: () => url })
show(havok.HP_World_GetNumBodies(havok.HP_World_Create()[1])[1])
