import { init, Raw } from 'recast-navigation'

await init()
const vector = new Raw.Module.Vec3()
vector.z = 3
show(vector.z)
