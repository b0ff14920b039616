import { loadHnswlib } from 'hnswlib-wasm'

const library = await loadHnswlib()
show(new library.L2Space(2).getNumDimensions())
