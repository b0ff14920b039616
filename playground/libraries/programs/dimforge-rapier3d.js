import * as RAPIER from '@dimforge/rapier3d'

const world = new RAPIER.World({ x: 0, y: -9.81, z: 0 })
world.createRigidBody(RAPIER.RigidBodyDesc.dynamic())
show(world.bodies.len())
