import rhino3dm from 'rhino3dm'
import url from 'rhino3dm/rhino3dm.wasm?url'

const rhino = await rhino3dm({ locateFile: () => url })
show(new rhino.Point([1, 2, 3]).location)
