import RAPIER from '@dimforge/rapier2d-compat'

await RAPIER.init()
const world = new RAPIER.World({ x: 0, y: -9.81 })
world.createRigidBody(RAPIER.RigidBodyDesc.dynamic())
show(world.bodies.len())
