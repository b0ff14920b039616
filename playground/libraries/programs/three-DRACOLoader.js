import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js'
import bunny from 'draco3d/bunny.drc?url'

const loader = new DRACOLoader().setDecoderPath('./draco/')
const geometry = await loader.loadAsync(bunny)
show(geometry.attributes.position.count)
